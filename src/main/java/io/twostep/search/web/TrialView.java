package io.twostep.search.web;

import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobPart;
import io.twostep.job.JobStatus;
import io.twostep.search.Leaderboard;
import io.twostep.search.Result;
import io.twostep.search.Settings;
import io.twostep.training.Evaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a search on the wire.
 *
 * @param rank 1 for the best; null as long as there is no metric
 * @param number 1 for the first; the same in all rungs
 * @param rung 1 for the first
 * @param epochs that successive halving gives it; null where it has those of the job
 * @param settings its values by their places
 * @param job null if it could not become one
 * @param metric the figure that it is ranked by
 * @param validationLoss of the model that it would have published
 * @param error why it has no metric though it has ended
 */
record TrialView(
        @Nullable Integer rank,
        int number,
        int rung,
        @Nullable Integer epochs,
        Settings settings,
        JobStatus status,
        @Nullable String job,
        @Nullable Double metric,
        @Nullable Double validationLoss,
        @Nullable Integer bestEpoch,
        @Nullable String stopReason,
        @Nullable JobError error) {

    static List<TrialView> of(Leaderboard board) {
        List<TrialView> views = new ArrayList<>();
        for (Result result : board.results()) {
            views.add(of(board, result, views.size() + 1));
        }
        return views;
    }

    private static TrialView of(Leaderboard board, Result result, int place) {
        JobPart job = result.job();
        JobEnding ending = result.ending();
        Evaluation evaluation = result.evaluation();
        return new TrialView(
                board.isRanked(result) ? place : null,
                result.trial().number() + 1,
                result.trial().rung() + 1,
                result.trial().epochs(),
                result.trial().settings(),
                result.status(),
                result.trial().jobId(),
                result.score(board.metric()),
                evaluation == null ? null : evaluation.loss(),
                job == null ? null : job.bestEpoch(),
                ending == null ? null : ending.stopReason(),
                result.error(board.metric()));
    }
}
