package io.twostep.crossvalidation;

import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobPart;
import io.twostep.job.JobStatus;
import io.twostep.training.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * A fold and how the training stands that tests it.
 *
 * @param number 1 for the first
 */
public record Fold(int number, JobPart job) {

    private static final JobError CANCELLED = new JobError("fold-cancelled", "Its job was cancelled.");

    /** How good the model is on the rows of the fold; null until there is one. */
    public @Nullable Evaluation evaluation() {
        JobEnding ending = job.ending();
        return ending == null || ending.evaluation() == null
                ? null
                : ending.evaluation().test();
    }

    boolean isCancelled() {
        return job.status() == JobStatus.CANCELLED;
    }

    /** Why there is no evaluation and will be none; null if there is, or may be. */
    @Nullable
    JobError error() {
        JobEnding ending = job.ending();
        if (ending == null || evaluation() != null) {
            return null;
        }
        JobError why = ending.error();
        return why != null
                ? why
                : isCancelled()
                        ? CANCELLED
                        : new JobError("no-metric", "There is no row of the fold by which the model could be judged.");
    }
}
