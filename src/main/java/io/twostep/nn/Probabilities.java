package io.twostep.nn;

import io.twostep.matrix.Functions;

/** Logarithms of probabilities that single precision may have rounded to 0. */
public final class Probabilities {

    /** The smallest normal float: below it a softmax in single precision has no digits left. */
    private static final double SMALLEST = 0x1.0p-126;

    /** Half the spacing of floats just below 1: a sigmoid nearer to 0 or 1 than this is told apart on one side only. */
    private static final double SMALLEST_OF_TWO = 0x1.0p-25;

    private Probabilities() {}

    /** The logarithm of the probability of one of two classes; the same bound for either, 17.3 nats. */
    public static double logOfTwo(Functions functions, double probability) {
        return functions.log(probability < SMALLEST_OF_TWO ? SMALLEST_OF_TWO : probability);
    }

    /** The logarithm of the probability of one of several classes; at most 87.3 nats. */
    public static double log(Functions functions, double probability) {
        // NaN passes through, so that a diverged run is seen.
        return functions.log(probability < SMALLEST ? SMALLEST : probability);
    }
}
