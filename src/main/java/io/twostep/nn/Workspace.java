package io.twostep.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run a network forward and back without allocating: for each layer the activations A, the
 * slopes f'(Z) that the forward pass leaves for the backward pass, and the deltas dLoss/dZ, all [rows x units]; where a
 * layer normalises, what it divided by too.
 * Once the passes are done other threads may read it too, as long as they ask for the same rows.
 */
public final class Workspace {

    private final int capacity;
    private final List<Buffers> layers = new ArrayList<>();
    private final FMatrixRMaj ones;
    private long noiseKey;
    private int firstRow;

    private Workspace(Network network, int capacity, boolean backward) {
        this.capacity = capacity;
        this.ones = new FMatrixRMaj(backward ? capacity : 0, 1);
        Arrays.fill(ones.data, 1f);
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            layers.add(new Buffers(
                    new FMatrixRMaj(capacity, layer.units()),
                    backward && hasSlopes(network, i) ? new FMatrixRMaj(capacity, layer.units()) : null,
                    backward ? new FMatrixRMaj(capacity, layer.units()) : null,
                    backward && layer.normalization() != null ? new FMatrixRMaj(capacity, layer.units()) : null,
                    backward && layer.normalization() != null ? new FMatrixRMaj(capacity, 1) : null));
        }
    }

    private static boolean hasSlopes(Network network, int index) {
        Layer layer = network.layers().get(index);
        boolean last = index == network.layers().size() - 1;
        return !layer.isStraight() && !(last && network.loss().fusesWith(layer.activation()));
    }

    /** Bytes that {@link #forTraining} takes; nothing is made. */
    public static double bytesForTraining(Network network, double capacity) {
        double bytes = HeapSize.ofFloats(capacity);
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            boolean normalizes = layer.normalization() != null;
            int buffers = 2 + (hasSlopes(network, i) ? 1 : 0) + (normalizes ? 1 : 0);
            bytes += buffers * HeapSize.ofFloats(capacity * layer.units());
            bytes += normalizes ? HeapSize.ofFloats(capacity) : 0;
        }
        return bytes;
    }

    /** Bytes that {@link #forPrediction} takes; nothing is made. */
    public static double bytesForPrediction(Network network, double capacity) {
        return network.layers().stream()
                .mapToDouble(layer -> HeapSize.ofFloats(capacity * layer.units()))
                .sum();
    }

    /** Room for forward and backward passes over at most {@code capacity} rows. */
    public static Workspace forTraining(Network network, int capacity) {
        return new Workspace(network, capacity, true);
    }

    /** Room for forward passes over at most {@code capacity} rows. */
    public static Workspace forPrediction(Network network, int capacity) {
        return new Workspace(network, capacity, false);
    }

    /** The most rows that fit. */
    public int capacity() {
        return capacity;
    }

    /**
     * Chooses the noise of the passes to come.
     *
     * @param key of the batch
     * @param first the place in it of the first row that comes
     */
    public void draw(long key, int first) {
        noiseKey = key;
        firstRow = first;
    }

    long noiseKey() {
        return noiseKey;
    }

    int firstRow() {
        return firstRow;
    }

    /** The buffers of layer {@code index}, shaped for {@code rows}. */
    Buffers layer(int index, int rows) {
        if (rows > capacity) {
            throw new IllegalArgumentException("rows: at most " + capacity + " fit but there are " + rows);
        }
        Buffers buffers = layers.get(index);
        buffers.reshape(rows);
        return buffers;
    }

    /** A column of 1 [rows x 1]; its transpose times a matrix sums the columns. For training. */
    FMatrixRMaj ones(int rows) {
        if (ones.numRows != rows) {
            ones.reshape(rows, 1);
        }
        return ones;
    }

    /**
     * The buffers of one layer.
     *
     * @param activations A [rows x units]
     * @param slopes f'(Z) [rows x units]; null for a straight layer, for an output whose delta is fused with the loss,
     *     and where no backward pass follows
     * @param deltas dLoss/dZ [rows x units]; null where no backward pass follows
     * @param normalized N(X) of a layer that normalises [rows x units]; null elsewhere
     * @param scales by which it divided each row [rows x 1]; null elsewhere
     */
    record Buffers(
            FMatrixRMaj activations,
            @Nullable FMatrixRMaj slopes,
            @Nullable FMatrixRMaj deltas,
            @Nullable FMatrixRMaj normalized,
            @Nullable FMatrixRMaj scales) {

        private void reshape(int rows) {
            if (activations.numRows == rows) {
                return;
            }
            activations.reshape(rows, activations.numCols);
            if (slopes != null) {
                slopes.reshape(rows, slopes.numCols);
            }
            if (deltas != null) {
                deltas.reshape(rows, deltas.numCols);
            }
            if (normalized != null) {
                normalized.reshape(rows, normalized.numCols);
            }
            if (scales != null) {
                scales.reshape(rows, 1);
            }
        }
    }
}
