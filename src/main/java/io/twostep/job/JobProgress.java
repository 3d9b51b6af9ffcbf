package io.twostep.job;

import io.twostep.training.EpochReport;
import org.jspecify.annotations.Nullable;

/**
 * How far the job has come.
 *
 * @param phase what it is busy with, null before the first attempt
 * @param epoch the last finished epoch, 0 before the first
 * @param trainLoss the loss on the training rows in that epoch
 * @param validationLoss the loss on the validation rows, null where there are none
 * @param bestEpoch the epoch with the lowest watched loss so far
 * @param resumedFromEpoch the last finished epoch of the checkpoint from which the present attempt, or the one before
 *     until this one is training, went on; null if it began at the start
 */
public record JobProgress(
        @Nullable JobPhase phase,
        int epoch,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Integer bestEpoch,
        @Nullable Integer resumedFromEpoch) {

    public static final JobProgress NONE = new JobProgress(null, 0, null, null, null, null);

    JobProgress in(@Nullable JobPhase next) {
        return new JobProgress(next, epoch, trainLoss, validationLoss, bestEpoch, resumedFromEpoch);
    }

    JobProgress after(EpochReport report, int best) {
        return new JobProgress(
                phase, report.epoch(), report.trainLoss(), report.validationLoss(), best, resumedFromEpoch);
    }

    /** Training goes on from a checkpoint; what came after it counts no longer. */
    JobProgress resumed(int epochs) {
        return new JobProgress(phase, epochs, null, null, null, epochs);
    }

    /** Training begins at the start. */
    JobProgress fromTheStart() {
        return NONE.in(phase);
    }
}
