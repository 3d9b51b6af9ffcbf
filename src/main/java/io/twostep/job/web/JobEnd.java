package io.twostep.job.web;

import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.TrainingJob;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last event of a job: how it ended. */
record JobEnd(
        JobStatus status,
        Instant at,
        int epoch,
        @Nullable String stopReason,
        @Nullable JobError error,
        String model,
        @Nullable Integer modelVersion) {

    /** Of a job that has ended. */
    static JobEnd of(TrainingJob job) {
        JobEnding ending = job.ending();
        return new JobEnd(
                job.status(),
                Objects.requireNonNull(job.finishedAt()),
                job.progress().epoch(),
                ending == null ? null : ending.stopReason(),
                ending == null ? null : ending.error(),
                job.submission().modelName(),
                ending == null ? null : ending.modelVersion());
    }
}
