package io.twostep.crossvalidation;

import io.twostep.job.Job;
import io.twostep.job.JobError;
import io.twostep.job.JobKind;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One cross-validation at one moment: a job whose work is the training of each fold.
 *
 * @param error why it failed, null unless it did
 */
public record CrossValidation(
        JobLife life,
        CrossValidationSubmission submission,
        @Nullable JobError error) implements Job<CrossValidation> {

    static final JobKind<CrossValidationSubmission, CrossValidation> KIND =
            new JobKind<>("cross-validate", "cv", "cross-validation", CrossValidation::queued);

    /** Before all trainings: what it has to do takes a moment, and its folds wait for it. */
    public static final int PRIORITY = 1000;

    /** A cross-validation that was just accepted. */
    public static CrossValidation queued(String id, CrossValidationSubmission submission, Instant now) {
        return new CrossValidation(JobLife.queued(id, now), submission, null);
    }

    @Override
    public CrossValidation started(Instant now) {
        return in(life.started(now));
    }

    @Override
    public CrossValidation requeued(Instant now) {
        return in(life.requeued(now));
    }

    @Override
    public CrossValidation bereaved(Instant now) {
        return in(life.bereaved(now));
    }

    @Override
    public CrossValidation pauseRequested(Instant now) {
        return in(life.pauseRequested(now));
    }

    @Override
    public CrossValidation paused(Instant now) {
        return in(life.paused(now));
    }

    @Override
    public CrossValidation resumed(Instant now) {
        return in(life.resumed(now));
    }

    @Override
    public CrossValidation cancelRequested(Instant now) {
        return in(life.cancelRequested(now));
    }

    @Override
    public CrossValidation cancelled(Instant now) {
        return in(life.cancelled(now));
    }

    /** Each fold is tested. */
    public CrossValidation succeeded(Instant now) {
        return in(life.succeeded(now));
    }

    @Override
    public CrossValidation failed(Instant now, JobError why) {
        return new CrossValidation(life.failed(now), submission, why);
    }

    @Override
    public CrossValidation expired(Instant now) {
        return new CrossValidation(life.expired(now), submission, JobError.EXPIRED);
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

    private CrossValidation in(JobLife next) {
        return new CrossValidation(next, submission, error);
    }
}
