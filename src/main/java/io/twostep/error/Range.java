package io.twostep.error;

import org.jspecify.annotations.Nullable;

/**
 * The numbers a hyper-parameter may take: bounds as data, so that the check, its message and the documentation agree.
 *
 * @param low lower bound, {@code -Infinity} for none
 * @param lowIncluded whether {@code low} itself is allowed
 * @param high upper bound, {@code Infinity} for none
 * @param highIncluded whether {@code high} itself is allowed
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {

    public static final Range FINITE = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    public static final Range POSITIVE = above(0);
    public static final Range NOT_NEGATIVE = atLeast(0);

    public static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    public static Range atLeast(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    public static Range between(double low, double high) {
        return new Range(low, true, high, true);
    }

    /** The same lower bound, with values strictly below {@code high}. */
    public Range below(double high) {
        return new Range(low, lowIncluded, high, false);
    }

    /** The same lower bound, with values up to {@code high}. */
    public Range upTo(double high) {
        return new Range(low, lowIncluded, high, true);
    }

    public boolean contains(double value) {
        return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
    }

    /** The problem with {@code value} in {@code field}, or null if there is none. */
    public @Nullable Problem problem(String field, double value) {
        return contains(value) ? null : new Problem("/" + field, "must be " + this + " but was " + text(value));
    }

    /** The rule in words, as in {@code > 0 and < 1}. */
    @Override
    public String toString() {
        if (low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY) {
            return "a finite number";
        }
        String lower = low == Double.NEGATIVE_INFINITY ? "" : (lowIncluded ? ">= " : "> ") + text(low);
        String upper = high == Double.POSITIVE_INFINITY ? "" : (highIncluded ? "<= " : "< ") + text(high);
        return lower + (lower.isEmpty() || upper.isEmpty() ? "" : " and ") + upper;
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
