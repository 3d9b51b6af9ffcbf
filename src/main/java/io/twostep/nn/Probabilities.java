package io.twostep.nn;

import io.twostep.matrix.Functions;

/** Logarithms of probabilities that single precision may have rounded to 0. */
final class Probabilities {

    /** The smallest normal float: below it a softmax in single precision has no digits left. */
    private static final double SMALLEST = 0x1.0p-126;

    private Probabilities() {}

    static double log(Functions functions, double probability) {
        // NaN passes through, so that a diverged run is seen.
        return functions.log(probability < SMALLEST ? SMALLEST : probability);
    }
}
