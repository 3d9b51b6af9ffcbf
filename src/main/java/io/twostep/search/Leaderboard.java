package io.twostep.search;

import io.twostep.training.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trials of a search, the best first: those of the last rung before those of the rung before, since they were trained
 * for longer; then by their metric, and of equals the one that began first. Those without a metric come last: first those
 * that may still get one.
 */
public record Leaderboard(Metric metric, List<Result> results) {

    public static Leaderboard of(Metric metric, List<Result> results) {
        return new Leaderboard(metric, results.stream().sorted(order(metric)).toList());
    }

    private static Comparator<Result> order(Metric metric) {
        return Comparator.comparing((Result result) -> result.score(metric) == null)
                .thenComparing(result ->
                        result.score(metric) == null && result.status().isFinished())
                .thenComparing(result -> -result.trial().rung())
                .thenComparing(result -> cost(metric, result))
                .thenComparing(result -> result.trial().number());
    }

    /** The smaller, the better. */
    private static double cost(Metric metric, Result result) {
        Double score = result.score(metric);
        return score == null ? 0 : metric.moreIsBetter() ? -score : score;
    }

    /** The best one with a metric. */
    public Optional<Result> best() {
        return results.stream().filter(this::isRanked).findFirst();
    }

    /** The best of a rung, at most so many; those without a metric are none of them. */
    List<Result> best(int rung, int most) {
        return results.stream()
                .filter(result -> result.trial().rung() == rung && isRanked(result))
                .limit(most)
                .toList();
    }

    /** Whether trials of a rung are not finished. */
    boolean isBusy(int rung) {
        return results.stream()
                .anyMatch(result ->
                        result.trial().rung() == rung && !result.status().isFinished());
    }

    public boolean isRanked(Result result) {
        return result.score(metric) != null;
    }
}
