package io.twostep.training;

import org.jspecify.annotations.Nullable;

/** Sums over pairs of actual and predicted numbers; the variance by Welford's update, so that large means do no harm. */
final class NumberTally {

    private final double asGoodAsZero;
    private long rows;
    private double squared;
    private double absolute;
    private double residuals;
    private double shares;
    private int zeros;
    private double mean;
    private double spread;

    NumberTally() {
        this(0);
    }

    /** @param asGoodAsZero actual numbers of at most that size are taken for 0 */
    NumberTally(double asGoodAsZero) {
        this.asGoodAsZero = asGoodAsZero;
    }

    void add(double actual, double predicted) {
        double residual = actual - predicted;
        squared += residual * residual;
        absolute += Math.abs(residual);
        residuals += residual;
        if (Math.abs(actual) <= asGoodAsZero) {
            zeros++;
        } else {
            shares += Math.abs(residual / actual);
        }
        rows++;
        double distance = actual - mean;
        mean += distance / rows;
        spread += distance * (actual - mean);
    }

    @Nullable
    Double r2() {
        return spread > 0 ? 1 - squared / spread : null;
    }

    double rmse() {
        return Math.sqrt(squared / rows);
    }

    double mae() {
        return absolute / rows;
    }

    /** The mean absolute error as a share of the actual number, where that is not 0; null where it always is, or
     * where the shares are too large to add. */
    @Nullable
    Double mape() {
        return zeros == rows || Double.isInfinite(shares) ? null : shares / (rows - zeros);
    }

    /** Rows whose actual number is 0. */
    int zeros() {
        return zeros;
    }

    double meanResidual() {
        return residuals / rows;
    }

    /** What one number for all rows reaches; null where its squares are too large to add. */
    @Nullable
    MeanBaseline baseline(double number) {
        double distance = mean - number;
        double squares = spread + rows * distance * distance;
        return Double.isInfinite(squares)
                ? null
                : new MeanBaseline(number, spread > 0 ? 1 - squares / spread : null, Math.sqrt(squares / rows));
    }
}
