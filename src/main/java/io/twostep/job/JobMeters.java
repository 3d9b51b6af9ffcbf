package io.twostep.job;

import io.twostep.observability.JobsMeter;
import io.twostep.observability.Meters;
import java.time.Duration;
import java.time.Instant;

/** Counts jobs of one kind as they come and go. */
public final class JobMeters<J extends Job<J>> {

    private final Meters meters;
    private final JobsMeter kind;

    /** Lets the number of jobs in each status be asked for as well. */
    public JobMeters(Meters meters, JobsMeter kind, JobStore<J> jobs) {
        this.meters = meters;
        this.kind = kind;
        for (JobStatus status : JobStatus.values()) {
            meters.watchJobs(kind, status.wireName(), () -> jobs.count(status));
        }
    }

    public void started(J job) {
        Instant start = job.startedAt() == null ? job.createdAt() : job.startedAt();
        meters.jobStarted(kind, Duration.between(job.createdAt(), start));
    }

    /** Counts the job if it has ended. */
    public void ended(J job) {
        String reason = job.endReason();
        Instant end = job.finishedAt();
        if (reason == null || end == null) {
            return;
        }
        Instant start = job.startedAt() == null ? end : job.startedAt();
        meters.jobFinished(kind, job.status().wireName(), reason, Duration.between(start, end));
    }
}
