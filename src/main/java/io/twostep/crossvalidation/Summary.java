package io.twostep.crossvalidation;

import io.twostep.training.Evaluation;
import io.twostep.training.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is over several folds.
 *
 * @param mean over the folds that have it, each counting once
 * @param standardDeviation of the folds about it, with n - 1 in the denominator; null of a single one
 * @param folds how many have it
 */
public record Summary(double mean, @Nullable Double standardDeviation, int folds) {

    /** Of each figure that some fold has, by its name. */
    public static Map<String, Summary> of(List<Evaluation> folds) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            List<Double> values = new ArrayList<>();
            for (Evaluation fold : folds) {
                Double value = metric.of(fold);
                if (value != null) {
                    values.add(value);
                }
            }
            if (!values.isEmpty()) {
                summaries.put(metric.wireName(), summary(values));
            }
        }
        return summaries;
    }

    static Summary summary(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(value -> value).sum() / n;
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Summary(mean, n == 1 ? null : Math.sqrt(squares / (n - 1)), n);
    }
}
