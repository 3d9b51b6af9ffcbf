package io.twostep.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one column look like.
 *
 * @param count rows with a value
 * @param missing rows without one
 * @param distinct different values
 * @param numbers null unless the column holds numbers and has one
 * @param top the most frequent values of a column that holds text or few numbers, most frequent first
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        long count,
        long missing,
        long distinct,
        @Nullable NumberProfile numbers,
        List<ValueCount> top) {

    /** A value, of a long one the first 256 characters, and the rows that have it. */
    public record ValueCount(String value, long count) {}

    /**
     * How numbers are spread.
     *
     * @param standardDeviation of the population
     * @param kurtosis 0 for a normal distribution, large where a few values are far away
     * @param quantiles linear between neighbours; estimated by t-digest where a table has more than a million rows
     */
    public record NumberProfile(
            double min,
            double mean,
            double max,
            double standardDeviation,
            double kurtosis,
            Quantiles quantiles,
            Histogram histogram) {}

    /** Numbers below which 5, 25, 50, 75 and 95 of a hundred lie. */
    public record Quantiles(double p05, double p25, double p50, double p75, double p95) {}

    /**
     * Equally wide bins.
     *
     * @param edges one more than bins; ascending, the first is the smallest value and the last the largest
     * @param counts of the rows in each bin
     */
    public record Histogram(List<Double> edges, List<Long> counts) {}
}
