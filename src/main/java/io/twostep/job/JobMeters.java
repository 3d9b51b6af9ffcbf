package io.twostep.job;

import io.twostep.observability.Meters;
import java.time.Duration;
import java.time.Instant;

/** Counts jobs as they come and go. */
final class JobMeters {

    private final Meters meters;

    /** Lets the number of jobs in each status be asked for as well. */
    JobMeters(Meters meters, TrainingJobs jobs) {
        this.meters = meters;
        for (JobStatus status : JobStatus.values()) {
            meters.watchJobs(status.wireName(), () -> jobs.count(status));
        }
    }

    void started(TrainingJob job) {
        Instant start = job.startedAt() == null ? job.createdAt() : job.startedAt();
        meters.jobStarted(Duration.between(job.createdAt(), start));
    }

    /** Counts the job if it has ended. */
    void ended(TrainingJob job) {
        JobEnding ending = job.ending();
        if (ending == null || job.finishedAt() == null) {
            return;
        }
        Instant start = job.startedAt() == null ? job.finishedAt() : job.startedAt();
        meters.jobFinished(job.status().wireName(), ending.stopReason(), Duration.between(start, job.finishedAt()));
    }
}
