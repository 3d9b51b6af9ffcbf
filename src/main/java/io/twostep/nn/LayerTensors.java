package io.twostep.nn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one layer, or their derivatives.
 *
 * @param weights W [inputs x units]; [1 x units] where the layer normalises, [0 x units] where it has nothing to learn
 * @param biases b [1 x units], or [0 x units]
 * @param statistics of the batches so far; null where the layer has none, and beside derivatives
 */
public record LayerTensors(
        FMatrixRMaj weights, FMatrixRMaj biases, @Nullable RunningStatistics statistics) {

    private static final String WEIGHTS = "weights";
    private static final String BIASES = "biases";
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_variance";

    /** Those of a layer without running statistics. */
    public LayerTensors(FMatrixRMaj weights, FMatrixRMaj biases) {
        this(weights, biases, null);
    }

    /** Derivatives, all 0. */
    static LayerTensors gradients(Layer layer) {
        return new LayerTensors(
                new FMatrixRMaj(layer.weightRows(), layer.units()), new FMatrixRMaj(layer.biasRows(), layer.units()));
    }

    /** W and b of 0, and the statistics as they are before the first step. */
    static LayerTensors zeros(Layer layer) {
        LayerTensors learned = gradients(layer);
        return layer.hasStatistics()
                ? new LayerTensors(learned.weights, learned.biases, RunningStatistics.beforeFirstStep(layer.units()))
                : learned;
    }

    /**
     * The numbers of a layer that are kept somewhere.
     *
     * @param byName finds them by the names of {@link #byName}; null where there is none
     * @throws IllegalStateException if one is not there or of another shape
     */
    public static LayerTensors of(Layer layer, Function<String, @Nullable FMatrixRMaj> byName) {
        Map<String, FMatrixRMaj> found = new HashMap<>();
        zeros(layer).byName().forEach((name, shape) -> found.put(name, found(name, shape, byName)));
        return new LayerTensors(
                kept(found, WEIGHTS),
                kept(found, BIASES),
                layer.hasStatistics() ? new RunningStatistics(kept(found, MEAN), kept(found, VARIANCE)) : null);
    }

    private static FMatrixRMaj kept(Map<String, FMatrixRMaj> found, String name) {
        return Objects.requireNonNull(found.get(name));
    }

    private static FMatrixRMaj found(String name, FMatrixRMaj shape, Function<String, @Nullable FMatrixRMaj> byName) {
        FMatrixRMaj values = byName.apply(name);
        if (shape.getNumElements() == 0) {
            return shape;
        }
        if (values == null || values.numRows != shape.numRows || values.numCols != shape.numCols) {
            throw new IllegalStateException("there are no " + name + " of the layer");
        }
        return values;
    }

    /** Its numbers by name, in the order in which they are stored; also those that are empty. */
    public Map<String, FMatrixRMaj> byName() {
        Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, weights);
        tensors.put(BIASES, biases);
        if (statistics != null) {
            tensors.put(MEAN, statistics.mean());
            tensors.put(VARIANCE, statistics.variance());
        }
        return tensors;
    }

    /** What is learned: W and b of every layer in order. */
    static List<FMatrixRMaj> matrices(List<LayerTensors> layers) {
        return layers.stream()
                .flatMap(layer -> Stream.of(layer.weights(), layer.biases()))
                .toList();
    }

    /** What is not learned: the running mean and variance of every layer that has them, in order. */
    static List<FMatrixRMaj> statistics(List<LayerTensors> layers) {
        return layers.stream()
                .flatMap(layer -> Stream.ofNullable(layer.statistics))
                .flatMap(running -> Stream.of(running.mean(), running.variance()))
                .toList();
    }

    /** The statistics of a layer that has them. */
    RunningStatistics running() {
        return Objects.requireNonNull(statistics, "the numbers of a layer with running statistics");
    }

    LayerTensors copy() {
        return new LayerTensors(weights.copy(), biases.copy(), statistics == null ? null : statistics.copy());
    }
}
