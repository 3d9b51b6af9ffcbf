package io.twostep.preflight.web;

import io.twostep.preflight.LearningRateFinder;
import io.twostep.preflight.Preflight;
import io.twostep.training.LearningRateCurve;
import io.twostep.training.LearningRateCurve.Suggestion;
import io.twostep.training.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learning rates that were tried, on the wire. */
record LearningRateView(
        String dataset,
        Recipe recipe,
        Preflight.Sample sample,
        int rowsPerStep,
        Points points,
        LearningRateCurve.End ended,
        @Nullable Double suggestedLearningRate,
        @Nullable Double steepestLearningRate) {

    /** One row a step, as a loss history. */
    record Points(List<String> columns, List<List<Double>> rows) {

        private static final List<String> COLUMNS = List.of("learning_rate", "loss", "smoothed_loss");

        static Points of(List<LearningRateCurve.Point> points) {
            return new Points(
                    COLUMNS,
                    points.stream()
                            .map(point -> List.of(point.learningRate(), point.loss(), point.smoothed()))
                            .toList());
        }
    }

    static LearningRateView of(LearningRateFinder.Found found) {
        Suggestion suggestion = found.curve().suggestion(found.range().steps()).orElse(null);
        return new LearningRateView(
                found.submission().datasetId(),
                found.submission().recipe(),
                found.sample(),
                found.curve().rowsPerStep(),
                Points.of(found.curve().points()),
                found.curve().end(),
                suggestion == null ? null : suggestion.tenthOfMinimum(),
                suggestion == null ? null : suggestion.steepest());
    }
}
