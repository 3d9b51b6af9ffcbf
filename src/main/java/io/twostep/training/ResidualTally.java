package io.twostep.training;

import java.util.Arrays;

/**
 * Counts numbers of a range that nobody knows before, in at most {@value #BINS} bins: they are as wide as the power of two
 * for which the farthest number from 0 needs it, and where one comes that is farther, neighbours are put together. Each
 * wider bin holds whole narrower ones, so that the counts are exact, and the same in every order.
 */
final class ResidualTally {

    static final int BINS = 64;

    private static final int HALF = BINS / 2;

    /** Of the narrowest bins; smaller numbers are as good as 0. */
    private static final int LEAST = -1000;

    private final int[] counts = new int[BINS];
    private int exponent = LEAST;

    /** A number that is not finite is not counted. */
    void add(double number) {
        if (!Double.isFinite(number)) {
            return;
        }
        int needed = Math.max(LEAST, Math.getExponent(number) + 2 - Integer.numberOfTrailingZeros(BINS));
        if (needed > exponent) {
            widen(needed);
        }
        counts[HALF + (int) Math.floor(Math.scalb(number, -exponent))]++;
    }

    Histogram histogram() {
        int end = BINS;
        while (end > 1 && counts[end - 1] == 0) {
            end--;
        }
        int first = 0;
        while (first < end - 1 && counts[first] == 0) {
            first++;
        }
        return new Histogram(
                Math.scalb((double) first - HALF, exponent),
                Math.scalb(1.0, exponent),
                Arrays.stream(counts, first, end).boxed().toList());
    }

    private void widen(int wanted) {
        int times = Math.min(31, wanted - exponent);
        int[] narrow = counts.clone();
        Arrays.fill(counts, 0);
        for (int bin = 0; bin < BINS; bin++) {
            counts[HALF + ((bin - HALF) >> times)] += narrow[bin];
        }
        exponent = wanted;
    }
}
