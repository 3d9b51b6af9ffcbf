package io.twostep.nn;

/**
 * One layer of a network whose input is known: {@code A = f(XW + b)} with X [rows x inputs], W [inputs x units],
 * b [1 x units], A [rows x units].
 */
public record Layer(int inputs, int units, Activation activation, Initializer weights, Initializer biases) {

    /** Number of weights and biases. */
    public long parameterCount() {
        return (long) inputs * units + units;
    }
}
