package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a network whose input is known: {@code A = f(Z)}, Z being what its operation makes of X [rows x inputs],
 * for a dense layer {@code XW + b} with W [inputs x units], b [1 x units], A [rows x units].
 *
 * @param weights how W starts
 * @param biases how b starts
 * @param operation how Z comes of X
 * @param noises what disturbs A while the network learns, one after the other
 */
public record Layer(
        int inputs,
        int units,
        Activation activation,
        Initializer weights,
        Initializer biases,
        Operation operation,
        List<Noise> noises) {

    public Layer {
        noises = List.copyOf(noises);
    }

    /** What a layer that normalises was stored with before there was an operation. */
    private record StoredNormalization(double epsilon) {}

    /** As it is read, also from where it was stored before there was noise, or an operation. */
    @JsonCreator
    static Layer of(
            int inputs,
            int units,
            Activation activation,
            Initializer weights,
            Initializer biases,
            @Nullable Operation operation,
            @Nullable StoredNormalization normalization,
            @Nullable List<Noise> noises) {
        Operation usual = normalization == null
                ? new Operation.Dense()
                : new Operation.LayerNormalization(normalization.epsilon());
        return new Layer(
                inputs,
                units,
                activation,
                weights,
                biases,
                operation == null ? usual : operation,
                noises == null ? List.of() : noises);
    }

    static Layer dense(int inputs, LayerSpec.Dense spec) {
        return new Layer(
                inputs,
                spec.units(),
                spec.activation(),
                spec.weights(),
                spec.biases(),
                new Operation.Dense(),
                List.of());
    }

    static Layer normalization(int units, LayerSpec.LayerNormalization spec) {
        return ofLevelStart(units, spec.activation(), new Operation.LayerNormalization(spec.epsilon()));
    }

    static Layer normalization(int units, LayerSpec.BatchNormalization spec) {
        return ofLevelStart(units, spec.activation(), new BatchNormalization(spec.epsilon(), spec.momentum()));
    }

    /** The end of a block: it adds what the block took, the outputs of layer {@code from}. */
    static Layer residual(int units, LayerSpec.Residual spec, int from) {
        return ofLevelStart(units, spec.activation(), new Operation.Residual(from));
    }

    /** A layer that changes nothing. */
    static Layer identity(int units) {
        return ofLevelStart(units, new Activation.Identity(), new Operation.Identity());
    }

    /** As wide as its inputs, beginning with gains of 1 and biases of 0 if it has any. */
    private static Layer ofLevelStart(int units, Activation activation, Operation operation) {
        return new Layer(
                units, units, activation, new Initializer.Ones(), new Initializer.Zeros(), operation, List.of());
    }

    /** With one more noise behind. */
    Layer with(Noise noise) {
        List<Noise> more = new ArrayList<>(noises);
        more.add(noise);
        return new Layer(inputs, units, activation, weights, biases, operation, more);
    }

    /** Rows of W. */
    public int weightRows() {
        return operation.weightRows(inputs);
    }

    /** Rows of b: 1, or 0 where the layer has nothing to learn. */
    int biasRows() {
        return operation.biasRows();
    }

    /** Whether it has running statistics of the batches. */
    boolean hasStatistics() {
        return operation.needsWholeBatch();
    }

    /** Whether a column of W holds what comes into a unit, whose length may have a bound. */
    public boolean hasIncomingWeights() {
        return operation.hasIncomingWeights();
    }

    /** Number of weights. */
    public long weightCount() {
        return (long) weightRows() * units;
    }

    /** Number of weights and biases. */
    public long parameterCount() {
        return weightCount() + (long) biasRows() * units;
    }

    /** Whether the derivative of A by Z is known without looking: 1 everywhere. */
    boolean isStraight() {
        return activation instanceof Activation.Identity && noises.stream().noneMatch(Noise::changesSlopes);
    }
}
