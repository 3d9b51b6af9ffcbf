package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a network whose input is known: {@code A = f(XW + b)} with X [rows x inputs], W [inputs x units],
 * b [1 x units], A [rows x units].
 *
 * @param noises what disturbs A while the network learns, one after the other
 */
public record Layer(
        int inputs, int units, Activation activation, Initializer weights, Initializer biases, List<Noise> noises) {

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
            @Nullable List<Noise> noises) {
        return new Layer(inputs, units, activation, weights, biases, noises == null ? List.of() : noises);
    }

    /** Number of weights and biases. */
    public long parameterCount() {
        return (long) inputs * units + units;
    }

    /** Whether the derivative of A by Z is known without looking: 1 everywhere. */
    boolean isStraight() {
        return activation instanceof Activation.Identity && noises.stream().noneMatch(Noise::changesSlopes);
    }
}
