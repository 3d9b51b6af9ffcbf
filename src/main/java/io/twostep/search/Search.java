package io.twostep.search;

import io.twostep.job.Job;
import io.twostep.job.JobError;
import io.twostep.job.JobKind;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One search at one moment: a job whose work is that of other jobs. It is running from its first trial to the end, though
 * no worker is at it but for moments.
 *
 * @param publishingJob trains the best trial again and publishes it; null until the best is known
 * @param modelVersion the version that was published, null unless it succeeded or was cancelled too late
 * @param error why it failed, null unless it did
 */
public record Search(
        JobLife life,
        SearchSubmission submission,
        @Nullable String publishingJob,
        @Nullable Integer modelVersion,
        @Nullable JobError error)
        implements Job<Search> {

    static final JobKind<SearchSubmission, Search> KIND = new JobKind<>("search", "search", "search", Search::queued);

    /** Before all trainings: what a search has to do takes a moment, and its trials wait for it. */
    public static final int PRIORITY = 1000;

    /** A search that was just accepted. */
    public static Search queued(String id, SearchSubmission submission, Instant now) {
        return new Search(JobLife.queued(id, now), submission, null, null, null);
    }

    @Override
    public Search started(Instant now) {
        return in(life.started(now));
    }

    @Override
    public Search requeued(Instant now) {
        return in(life.requeued(now));
    }

    @Override
    public Search bereaved(Instant now) {
        return in(life.bereaved(now));
    }

    @Override
    public Search pauseRequested(Instant now) {
        return in(life.pauseRequested(now));
    }

    @Override
    public Search paused(Instant now) {
        return in(life.paused(now));
    }

    @Override
    public Search resumed(Instant now) {
        return in(life.resumed(now));
    }

    @Override
    public Search cancelRequested(Instant now) {
        return in(life.cancelRequested(now));
    }

    @Override
    public Search cancelled(Instant now) {
        return in(life.cancelled(now));
    }

    /** @param version that had been published before it was cancelled; null if none had */
    Search cancelled(Instant now, @Nullable Integer version) {
        return new Search(life.cancelled(now), submission, publishingJob, version, error);
    }

    /** The best model is published as that version. */
    public Search succeeded(Instant now, int version) {
        return new Search(life.succeeded(now), submission, publishingJob, version, null);
    }

    @Override
    public Search failed(Instant now, JobError why) {
        return new Search(life.failed(now), submission, publishingJob, null, why);
    }

    @Override
    public Search expired(Instant now) {
        return new Search(life.expired(now), submission, publishingJob, null, JobError.EXPIRED);
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public @Nullable String endReason() {
        if (!status().isFinished()) {
            return null;
        }
        return error != null ? "error" : status() == JobStatus.CANCELLED ? "cancelled" : "completed";
    }

    private Search in(JobLife next) {
        return new Search(next, submission, publishingJob, modelVersion, error);
    }
}
