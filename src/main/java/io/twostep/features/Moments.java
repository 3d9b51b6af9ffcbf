package io.twostep.features;

/**
 * Mean and population standard deviation of a column.
 *
 * <p>Two passes with the correction of Chan, Golub and LeVeque, "Algorithms for computing the sample variance",
 * The American Statistician 37 (1983), eq. 1.7. Values are measured in the power of two next to the largest of them,
 * which costs no digit, so that neither 1e300 overflows nor 1e-300 vanishes when squared.
 *
 * @param standardDeviation 0 exactly when all values are equal
 */
record Moments(double mean, double standardDeviation) {

    /** @param values finite, at least one */
    static Moments of(double[] values) {
        return of(values, Double.NaN);
    }

    /**
     * The same of a column that is completed.
     *
     * @param values finite or NaN, at least one
     * @param fill stands for each NaN; there may be millions, so that they are not copied
     */
    static Moments of(double[] values, double fill) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double each : values) {
            double value = or(each, fill);
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (low == high) { // rounding of the mean would make a constant column vary
            return new Moments(low, 0);
        }
        return inUnitsOf(Math.getExponent(Math.max(Math.abs(low), Math.abs(high))), values, fill);
    }

    private static Moments inUnitsOf(int exponent, double[] values, double fill) {
        double scale = Math.scalb(1.0, -exponent);
        int n = values.length;
        double sum = 0;
        for (double value : values) {
            sum += or(value, fill) * scale;
        }
        double mean = sum / n;
        double rest = 0;
        double squares = 0;
        for (double value : values) {
            double deviation = or(value, fill) * scale - mean;
            rest += deviation;
            squares += deviation * deviation;
        }
        double variance = Math.max(0, (squares - rest * rest / n) / n);
        return new Moments(Math.scalb(mean + rest / n, exponent), Math.scalb(Math.sqrt(variance), exponent));
    }

    private static double or(double value, double fill) {
        return Double.isNaN(value) ? fill : value;
    }
}
