package io.twostep.features;

/** Quantiles of sorted numbers. */
final class Quantiles {

    private Quantiles() {}

    /**
     * The number below which a share of the others lies: between two of them on the straight line from one to the other,
     * which is type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50
     * (1996), and what NumPy does.
     *
     * @param sorted ascending, finite, at least one
     * @param share 0 for the least to 1 for the largest
     */
    static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double above = place - below;
        return above == 0 ? sorted[below] : sorted[below] * (1 - above) + sorted[below + 1] * above;
    }
}
