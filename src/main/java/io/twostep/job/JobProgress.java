package io.twostep.job;

import io.twostep.training.EpochReport;
import org.jspecify.annotations.Nullable;

/**
 * How far the present attempt has come.
 *
 * @param phase what it is busy with, null before the first attempt
 * @param epoch the last finished epoch, 0 before the first
 * @param trainLoss the loss on the training rows in that epoch
 * @param validationLoss the loss on the validation rows, null where there are none
 * @param bestEpoch the epoch with the lowest watched loss so far
 */
public record JobProgress(
        @Nullable JobPhase phase,
        int epoch,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Integer bestEpoch) {

    public static final JobProgress NONE = new JobProgress(null, 0, null, null, null);

    JobProgress in(JobPhase next) {
        return new JobProgress(next, epoch, trainLoss, validationLoss, bestEpoch);
    }

    JobProgress after(EpochReport report, int best) {
        return new JobProgress(phase, report.epoch(), report.trainLoss(), report.validationLoss(), best);
    }
}
