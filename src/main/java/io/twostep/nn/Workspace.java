package io.twostep.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run a network forward and back without allocating: for each layer the activations A, the
 * slopes f'(Z) that the forward pass leaves for the backward pass, and the deltas dLoss/dZ, all [rows x units]; and what
 * else the layer's {@link Operation} keeps. Once the passes are done other threads may read it too, as long as they ask for the same rows.
 */
public final class Workspace {

    private final int capacity;
    private final List<Buffers> layers = new ArrayList<>();
    private final FMatrixRMaj ones;
    private @Nullable FMatrixRMaj input;
    private boolean learning;
    private long noiseKey;
    private int firstRow;

    private Workspace(Network network, int capacity, boolean backward) {
        this.capacity = capacity;
        this.ones = new FMatrixRMaj(backward ? capacity : 0, 1);
        Arrays.fill(ones.data, 1f);
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            layers.add(
                    backward
                            ? Buffers.forTraining(layer, capacity, hasSlopes(network, i))
                            : Buffers.forPrediction(layer, capacity));
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
            bytes += Buffers.bytesForTraining(network.layers().get(i), capacity, hasSlopes(network, i));
        }
        return bytes;
    }

    /** Bytes that {@link #forPrediction} takes; nothing is made. */
    public static double bytesForPrediction(Network network, double capacity) {
        return network.layers().stream()
                .mapToDouble(layer -> Buffers.bytesForPrediction(layer, capacity))
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

    /**
     * A pass begins.
     *
     * @param x the network's inputs [rows x inputs]
     * @param learns whether the network learns from them
     */
    void begin(FMatrixRMaj x, boolean learns) {
        input = x;
        learning = learns;
    }

    /** Whether the network learns from the pass under way. */
    boolean isLearning() {
        return learning;
    }

    /**
     * What a layer gave in the pass under way.
     *
     * @param layer 1 for the first; 0 for the network's inputs
     * @return [rows x units], not to be changed
     */
    FMatrixRMaj outputs(int layer, int rows) {
        return layer == 0
                ? Objects.requireNonNull(input, "a pass has begun")
                : layer(layer - 1, rows).activations();
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
}
