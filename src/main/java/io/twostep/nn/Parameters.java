package io.twostep.nn;

import io.twostep.matrix.Kernels;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The weights and biases of a network, layer by layer, and the running statistics of those that have some. Only a step
 * changes them.
 */
public final class Parameters {

    private final List<LayerTensors> layers;
    private final List<FMatrixRMaj> matrices;
    private final List<FMatrixRMaj> numbers;

    /** @param layers one pair of W and b for each layer of the network */
    public Parameters(List<LayerTensors> layers) {
        this.layers = List.copyOf(layers);
        this.matrices = LayerTensors.matrices(layers);
        this.numbers = Stream.of(matrices, LayerTensors.statistics(layers))
                .flatMap(List::stream)
                .toList();
    }

    /** The start of a search: every number drawn by its layer's initialiser, a pure function of the seed. */
    public static Parameters initialize(Network network, long seed) {
        List<LayerTensors> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            LayerTensors tensors = LayerTensors.zeros(layer);
            fill(tensors.weights(), layer.weights(), RandomStream.of(seed, Purpose.WEIGHTS, i), layer);
            fill(tensors.biases(), layer.biases(), RandomStream.of(seed, Purpose.BIASES, i), layer);
            layers.add(tensors);
        }
        return new Parameters(layers);
    }

    /** To be filled. */
    public static Parameters zeros(Network network) {
        return new Parameters(network.layers().stream().map(LayerTensors::zeros).toList());
    }

    /**
     * The same numbers for a network whose layers that learn have the same shapes, whatever lies between them.
     *
     * @param own what these are the numbers of
     * @return a copy
     */
    public Parameters carriedOver(Network own, Network other) {
        Iterator<LayerTensors> learned = IntStream.range(0, layers.size())
                .filter(i -> own.layers().get(i).parameterCount() > 0)
                .mapToObj(layers::get)
                .iterator();
        return new Parameters(other.layers().stream()
                .map(layer -> layer.parameterCount() > 0 ? learned.next().copy() : LayerTensors.zeros(layer))
                .toList());
    }

    /** One pair of W and b for each layer of the network. */
    public List<LayerTensors> layers() {
        return layers;
    }

    /** What an optimiser moves: W and b of every layer in order, W1, b1, W2, b2 … */
    public List<FMatrixRMaj> matrices() {
        return matrices;
    }

    /** All that a model keeps: {@link #matrices()}, and behind them the running means and variances of layers in order. */
    public List<FMatrixRMaj> numbers() {
        return numbers;
    }

    /** Whether this one of {@link #matrices()} holds weights, and not biases. */
    public static boolean isWeights(int matrix) {
        return matrix % 2 == 0;
    }

    public Parameters copy() {
        return new Parameters(layers.stream().map(LayerTensors::copy).toList());
    }

    /** Takes over all numbers of {@code other}, which has the same shapes. */
    public void set(Parameters other) {
        for (int i = 0; i < numbers.size(); i++) {
            FMatrixRMaj matrix = numbers.get(i);
            System.arraycopy(other.numbers.get(i).data, 0, matrix.data, 0, matrix.data.length);
        }
    }

    /** Whether no number is an infinity or not-a-number. */
    public boolean allFinite() {
        for (FMatrixRMaj matrix : numbers) {
            if (!Kernels.allFinite(matrix)) {
                return false;
            }
        }
        return true;
    }

    private static void fill(FMatrixRMaj matrix, Initializer initializer, RandomStream random, Layer layer) {
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) initializer.draw(random, layer.inputs(), layer.units());
        }
    }
}
