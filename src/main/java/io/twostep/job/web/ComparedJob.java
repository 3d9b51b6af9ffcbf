package io.twostep.job.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.twostep.job.JobEnding;
import io.twostep.job.JobProgress;
import io.twostep.job.JobStatus;
import io.twostep.job.LossCurve;
import io.twostep.job.TrainingJob;
import io.twostep.model.Evaluations;
import org.jspecify.annotations.Nullable;

/**
 * One of several jobs.
 *
 * @param metrics of the model that came of it; null while there is none
 */
record ComparedJob(
        String id,
        JobStatus status,
        String dataset,
        String model,
        @Nullable Integer modelVersion,
        int epoch,
        @Nullable Integer bestEpoch,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        @Nullable String stopReason,
        @Nullable Evaluations metrics,
        Curve history) {

    /** A loss history, and whether rows of it are left out. */
    record Curve(@JsonUnwrapped LossRows shown, boolean downsampled) {}

    static ComparedJob of(TrainingJob job, @Nullable Evaluations metrics, LossCurve curve) {
        JobProgress reached = job.progress();
        JobEnding ending = job.ending();
        return new ComparedJob(
                job.id(),
                job.status(),
                job.submission().datasetId(),
                job.submission().modelName(),
                ending == null ? null : ending.modelVersion(),
                reached.epoch(),
                reached.bestEpoch(),
                reached.trainLoss(),
                reached.validationLoss(),
                ending == null ? null : ending.stopReason(),
                metrics,
                new Curve(LossRows.of(curve.rows()), curve.downsampled()));
    }
}
