package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a network whose input is known: {@code A = f(XW + b)} with X [rows x inputs], W [inputs x units],
 * b [1 x units], A [rows x units]; or, where X is normalised instead, {@code A = f(N(X) W + b)} number by number with
 * W [1 x units].
 *
 * @param normalization N, null for a dense layer
 * @param noises what disturbs A while the network learns, one after the other
 */
public record Layer(
        int inputs,
        int units,
        Activation activation,
        Initializer weights,
        Initializer biases,
        @Nullable Normalization normalization,
        List<Noise> noises) {

    public Layer {
        noises = List.copyOf(noises);
    }

    /** As it is read, also from where it was stored before there was noise. */
    @JsonCreator
    static Layer of(
            int inputs,
            int units,
            Activation activation,
            Initializer weights,
            Initializer biases,
            @Nullable Normalization normalization,
            @Nullable List<Noise> noises) {
        return new Layer(
                inputs, units, activation, weights, biases, normalization, noises == null ? List.of() : noises);
    }

    static Layer dense(int inputs, LayerSpec.Dense spec, List<Noise> noises) {
        return new Layer(inputs, spec.units(), spec.activation(), spec.weights(), spec.biases(), null, noises);
    }

    static Layer normalization(int units, LayerSpec.LayerNormalization spec, List<Noise> noises) {
        return new Layer(
                units,
                units,
                spec.activation(),
                new Initializer.Ones(),
                new Initializer.Zeros(),
                new Normalization(spec.epsilon()),
                noises);
    }

    /** Rows of W. */
    public int weightRows() {
        return normalization == null ? inputs : 1;
    }

    /** Number of weights. */
    public long weightCount() {
        return (long) weightRows() * units;
    }

    /** Number of weights and biases. */
    public long parameterCount() {
        return weightCount() + units;
    }

    /** Whether the derivative of A by Z is known without looking: 1 everywhere. */
    boolean isStraight() {
        return activation instanceof Activation.Identity && noises.stream().noneMatch(Noise::changesSlopes);
    }
}
