package io.twostep.training;

import java.util.List;

/**
 * Counts in bins of equal width, the upper bound of each excluded.
 *
 * @param from lower bound of the first bin
 * @param width of each, a power of two
 * @param counts bin by bin; the first and the last one are not 0, but where there is nothing to count
 */
public record Histogram(double from, double width, List<Integer> counts) {}
