package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;

/**
 * Learning rates to try, each as many times the one before.
 *
 * @param low of the first step
 * @param high of the last one
 * @param steps how many
 */
public record LearningRateRange(double low, double high, int steps) {

    private static final Range RATE = Range.above(0).upTo(Optimizer.MOST_LEARNING_RATE);
    private static final Range STEPS = Range.between(10, 1_000);

    public LearningRateRange {
        InvalidValueException.throwIfAny(
                RATE.problem("low", low),
                RATE.problem("high", high),
                STEPS.problem("steps", steps),
                RATE.contains(low) && RATE.contains(high) && low >= high
                        ? new Problem("/high", "must be > low, which is %s, but was %s".formatted(low, high))
                        : null);
    }

    /** Of a step, 0 for the first. */
    double rate(int step) {
        return low * StrictMath.pow(high / low, step / (steps - 1.0));
    }
}
