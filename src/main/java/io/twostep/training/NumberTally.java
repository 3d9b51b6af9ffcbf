package io.twostep.training;

import org.jspecify.annotations.Nullable;

/** Sums over pairs of actual and predicted numbers; the variance by Welford's update, so that large means do no harm. */
final class NumberTally {

    private long rows;
    private double squared;
    private double absolute;
    private double mean;
    private double spread;

    void add(double actual, double predicted) {
        double residual = actual - predicted;
        squared += residual * residual;
        absolute += Math.abs(residual);
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
}
