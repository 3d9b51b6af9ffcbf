package io.twostep.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one column look like.
 *
 * @param missing rows without a value
 * @param distinct different values
 * @param numbers null unless the column holds numbers and has one
 * @param top the most frequent values of a column that holds none, the first of them first
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        long missing,
        long distinct,
        @Nullable NumberProfile numbers,
        List<ValueCount> top) {

    /** A value and the rows that have it. */
    public record ValueCount(String value, long count) {}

    /**
     * How numbers are spread.
     *
     * @param standardDeviation of the population
     * @param quantiles linear between neighbours; estimated by t-digest where a table has more than a million rows
     */
    public record NumberProfile(
            double min, double mean, double max, double standardDeviation, Quantiles quantiles, Histogram histogram) {}

    /** Numbers below which 5, 25, 50, 75 and 95 of a hundred lie. */
    public record Quantiles(double p05, double p25, double p50, double p75, double p95) {}

    /**
     * Equally wide bins.
     *
     * @param edges one more than bins; ascending, the first is the smallest value and the last the largest
     * @param counts of the rows in each bin, its lower edge included, of the last both
     */
    public record Histogram(List<Double> edges, List<Long> counts) {}
}
