package io.twostep.crossvalidation.web;

import io.twostep.crossvalidation.Fold;
import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.training.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * A fold on the wire.
 *
 * @param fold 1 for the first
 * @param job that learns from the others and tests it
 * @param metrics of its rows
 */
record FoldView(
        int fold,
        JobStatus status,
        String job,
        @Nullable Evaluation metrics,
        @Nullable Integer bestEpoch,
        @Nullable String stopReason,
        @Nullable JobError error) {

    static FoldView of(Fold fold) {
        JobEnding ending = fold.job().ending();
        return new FoldView(
                fold.number(),
                fold.job().status(),
                fold.job().id(),
                fold.evaluation(),
                fold.job().bestEpoch(),
                ending == null ? null : ending.stopReason(),
                ending == null ? null : ending.error());
    }
}
