package io.twostep.search.web;

import io.twostep.job.JobStatus;
import io.twostep.search.Leaderboard;
import io.twostep.search.Search;
import io.twostep.search.SearchSubmission;

/**
 * How many trials of a search there are.
 *
 * @param planned at most, if neither time nor trials run out
 * @param begun that have a job, or could not become one
 * @param unfinished of these that wait or run
 */
record TrialCounts(int planned, int begun, int unfinished, int succeeded, int failed, int cancelled) {

    static TrialCounts of(Search search, Leaderboard board) {
        SearchSubmission submission = search.submission();
        int begun = board.results().size();
        int succeeded = count(board, JobStatus.SUCCEEDED);
        int failed = count(board, JobStatus.FAILED);
        int cancelled = count(board, JobStatus.CANCELLED);
        return new TrialCounts(
                submission.trials(), begun, begun - succeeded - failed - cancelled, succeeded, failed, cancelled);
    }

    private static int count(Leaderboard board, JobStatus status) {
        return (int) board.results().stream()
                .filter(result -> result.status() == status)
                .count();
    }
}
