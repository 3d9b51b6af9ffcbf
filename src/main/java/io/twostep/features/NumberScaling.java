package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * How numbers are brought to a size that a network learns well from: {@code (t(x) - center) / scale}, where t is the
 * identity but for {@link #LOG}.
 */
public enum NumberScaling {
    /** By mean and population standard deviation, as scikit-learn's {@code StandardScaler}. */
    @JsonProperty("standard")
    STANDARD,
    /** The training rows lie between 0 and 1. */
    @JsonProperty("min_max")
    MIN_MAX,
    /**
     * By median and distance of the quartiles of the values present, as scikit-learn's {@code RobustScaler}: a few wild
     * values change nothing.
     */
    @JsonProperty("robust")
    ROBUST,
    /** {@code sign(x) log(1 + |x|)}, then standardised: for sums, counts and other long tails. */
    @JsonProperty("log")
    LOG,
    /** As they are. */
    @JsonProperty("none")
    NONE;

    /** What a value becomes before it is moved and divided; the same bits on every machine. */
    double transformed(double value) {
        return this == LOG ? Math.copySign(StrictMath.log1p(Math.abs(value)), value) : value;
    }

    /**
     * Learns where the numbers lie.
     *
     * @param present values of the training rows that have one, ascending
     * @param completed values of all training rows, the missing ones filled in
     */
    Line fit(double[] present, double[] completed) {
        return switch (this) {
            case STANDARD, LOG ->
                Line.of(Moments.of(
                        Arrays.stream(completed).map(this::transformed).toArray()));
            case MIN_MAX -> {
                double[] sorted = completed.clone();
                Arrays.sort(sorted);
                yield new Line(sorted[0], sorted[sorted.length - 1] - sorted[0]);
            }
            case ROBUST -> present.length == 0 ? Line.IDENTITY : robust(present);
            case NONE -> Line.IDENTITY;
        };
    }

    /** Where the middle half of the numbers is one number, their standard deviation has to do. */
    private static Line robust(double[] present) {
        double range = Quantiles.at(present, 0.75) - Quantiles.at(present, 0.25);
        return new Line(
                Quantiles.at(present, 0.5),
                range > 0 ? range : Moments.of(present).standardDeviation());
    }

    /**
     * What becomes 0, and how far from it lies what becomes 1.
     *
     * @param scale 0 where the values do not differ
     */
    public record Line(double center, double scale) {

        static final Line IDENTITY = new Line(0, 1);

        static Line of(Moments moments) {
            return new Line(moments.mean(), moments.standardDeviation());
        }

        /** What values are divided by: where they do not differ, 1. */
        public double divisor() {
            return divisor(scale);
        }

        static double divisor(double scale) {
            return scale == 0 ? 1 : scale;
        }

        /** What becomes of a number; not finite if it is too far away, or is none. */
        public static float encode(double value, double center, double divisor) {
            // 0 is added to make a negative zero positive: not every reader of "-0" tells the two apart.
            return (float) ((value - center) / divisor) + 0f;
        }
    }
}
