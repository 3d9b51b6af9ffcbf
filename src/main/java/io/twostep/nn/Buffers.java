package io.twostep.nn;

import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What a {@link Workspace} has for one layer. */
final class Buffers {

    private final FMatrixRMaj activations;
    private final @Nullable FMatrixRMaj slopes;
    private final @Nullable FMatrixRMaj deltas;
    private final @Nullable FMatrixRMaj normalized;
    private final double @Nullable [] moments;

    private Buffers(Layer layer, int capacity, boolean backward, boolean sloped) {
        Operation operation = layer.operation();
        activations = new FMatrixRMaj(capacity, layer.units());
        slopes = sloped ? new FMatrixRMaj(capacity, layer.units()) : null;
        deltas = backward ? new FMatrixRMaj(capacity, layer.units()) : null;
        normalized = backward && operation.normalizes() ? new FMatrixRMaj(capacity, layer.units()) : null;
        moments = backward ? new double[(int) operation.moments(capacity, layer.units())] : null;
    }

    static Buffers forPrediction(Layer layer, int capacity) {
        return new Buffers(layer, capacity, false, false);
    }

    /** @param sloped whether f'(Z) is to be noted */
    static Buffers forTraining(Layer layer, int capacity, boolean sloped) {
        return new Buffers(layer, capacity, true, sloped);
    }

    /** Bytes that {@link #forPrediction} takes; nothing is made. */
    static double bytesForPrediction(Layer layer, double capacity) {
        return HeapSize.ofFloats(capacity * layer.units());
    }

    /** Bytes that {@link #forTraining} takes; nothing is made. */
    static double bytesForTraining(Layer layer, double capacity, boolean sloped) {
        int matrices = 2 + (sloped ? 1 : 0) + (layer.operation().normalizes() ? 1 : 0);
        return matrices * HeapSize.ofFloats(capacity * layer.units())
                + HeapSize.ofDoubles(layer.operation().moments(capacity, layer.units()));
    }

    /** A [rows x units]. */
    FMatrixRMaj activations() {
        return activations;
    }

    /**
     * f'(Z) [rows x units]; null for a straight layer, for an output whose delta is fused with the loss, and where no
     * backward pass follows.
     */
    @Nullable
    FMatrixRMaj slopes() {
        return slopes;
    }

    /** dLoss/dZ [rows x units]; for training. */
    FMatrixRMaj deltas() {
        return kept(deltas);
    }

    /** N(X) of a layer that normalises [rows x units]; null elsewhere, and where no backward pass follows. */
    @Nullable
    FMatrixRMaj normalized() {
        return normalized;
    }

    /** What else the operation keeps; null where no backward pass follows. */
    double @Nullable [] moments() {
        return moments;
    }

    /** What is there in a workspace for training. */
    static <T> T kept(@Nullable T buffer) {
        return Objects.requireNonNull(buffer, "a workspace for training");
    }

    void reshape(int rows) {
        if (activations.numRows == rows) {
            return;
        }
        activations.reshape(rows, activations.numCols);
        reshape(slopes, rows);
        reshape(deltas, rows);
        reshape(normalized, rows);
    }

    private static void reshape(@Nullable FMatrixRMaj matrix, int rows) {
        if (matrix != null) {
            matrix.reshape(rows, matrix.numCols);
        }
    }
}
