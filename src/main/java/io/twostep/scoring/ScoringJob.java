package io.twostep.scoring;

import io.twostep.job.Job;
import io.twostep.job.JobError;
import io.twostep.job.JobKind;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One scoring job at one moment.
 *
 * @param resultId the dataset that it made, null unless it succeeded
 * @param error why it failed, null unless it did
 */
public record ScoringJob(
        JobLife life,
        ScoringSubmission submission,
        ScoringProgress progress,
        @Nullable String resultId,
        @Nullable JobError error)
        implements Job<ScoringJob> {

    static final JobKind<ScoringSubmission, ScoringJob> KIND =
            new JobKind<>("score", "scoring job", ScoringJob::queued);

    /** A job that was just accepted. */
    public static ScoringJob queued(String id, ScoringSubmission submission, Instant now) {
        return new ScoringJob(JobLife.queued(id, now), submission, ScoringProgress.NONE, null, null);
    }

    @Override
    public ScoringJob started(Instant now) {
        return new ScoringJob(life.started(now), submission, ScoringProgress.NONE, null, null);
    }

    @Override
    public ScoringJob requeued(Instant now) {
        return in(life.requeued(now));
    }

    @Override
    public ScoringJob bereaved(Instant now) {
        return in(life.bereaved(now));
    }

    @Override
    public ScoringJob pauseRequested(Instant now) {
        return in(life.pauseRequested(now));
    }

    @Override
    public ScoringJob paused(Instant now) {
        return in(life.paused(now));
    }

    @Override
    public ScoringJob resumed(Instant now) {
        return in(life.resumed(now));
    }

    @Override
    public ScoringJob cancelRequested(Instant now) {
        return in(life.cancelRequested(now));
    }

    @Override
    public ScoringJob cancelled(Instant now) {
        return in(life.cancelled(now));
    }

    /** Its result is the dataset of that id. */
    public ScoringJob succeeded(Instant now, String result) {
        return new ScoringJob(life.succeeded(now), submission, progress, result, null);
    }

    @Override
    public ScoringJob failed(Instant now, JobError why) {
        return new ScoringJob(life.failed(now), submission, progress, null, why);
    }

    @Override
    public ScoringJob expired(Instant now) {
        return new ScoringJob(life.expired(now), submission, progress, null, JobError.EXPIRED);
    }

    @Override
    public @Nullable String endReason() {
        if (!status().isFinished()) {
            return null;
        }
        return error != null ? "error" : status() == JobStatus.CANCELLED ? "cancelled" : "completed";
    }

    private ScoringJob in(JobLife next) {
        return new ScoringJob(next, submission, progress, resultId, error);
    }
}
