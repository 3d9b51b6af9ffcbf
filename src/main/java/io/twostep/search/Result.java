package io.twostep.search;

import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobPart;
import io.twostep.job.JobStatus;
import io.twostep.training.Evaluation;
import io.twostep.training.Metric;
import org.jspecify.annotations.Nullable;

/**
 * A trial and how its job stands.
 *
 * @param job null if it could not become one
 */
public record Result(Trial trial, @Nullable JobPart job) {

    private static final JobError NO_ROWS =
            new JobError("no-metric", "The validation rows do not let the metric be computed, or there are none.");

    public JobStatus status() {
        return job == null ? JobStatus.FAILED : job.status();
    }

    /** How good its model is on the validation rows; null unless there is one, or without such rows. */
    public @Nullable Evaluation evaluation() {
        JobEnding ending = ending();
        return ending == null || ending.evaluation() == null
                ? null
                : ending.evaluation().validation();
    }

    /** Null as long as there is none. */
    public @Nullable Double score(Metric metric) {
        Evaluation evaluation = evaluation();
        return evaluation == null ? null : metric.of(evaluation);
    }

    /** Why it has no score though it has ended; null otherwise. */
    public @Nullable JobError error(Metric metric) {
        if (trial.error() != null) {
            return trial.error();
        }
        JobEnding ending = ending();
        if (ending != null && ending.error() != null) {
            return ending.error();
        }
        return status() == JobStatus.SUCCEEDED && score(metric) == null ? NO_ROWS : null;
    }

    public @Nullable JobEnding ending() {
        return job == null ? null : job.ending();
    }
}
