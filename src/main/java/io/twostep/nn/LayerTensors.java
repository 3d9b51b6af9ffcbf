package io.twostep.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one layer, or their derivatives.
 *
 * @param weights W [inputs x units]; [1 x units] where the layer normalises, [0 x units] where it has nothing to learn
 * @param biases b [1 x units], or [0 x units]
 */
public record LayerTensors(FMatrixRMaj weights, FMatrixRMaj biases) {

    static LayerTensors zeros(Layer layer) {
        return new LayerTensors(
                new FMatrixRMaj(layer.weightRows(), layer.units()), new FMatrixRMaj(layer.biasRows(), layer.units()));
    }

    /**
     * The numbers of a layer that are kept somewhere.
     *
     * @param byName finds them by the names of {@link #byName}; null where there is none
     * @throws IllegalStateException if one is not there or of another shape
     */
    public static LayerTensors of(Layer layer, Function<String, @Nullable FMatrixRMaj> byName) {
        LayerTensors empty = zeros(layer);
        return new LayerTensors(found("weights", empty.weights, byName), found("biases", empty.biases, byName));
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
        tensors.put("weights", weights);
        tensors.put("biases", biases);
        return tensors;
    }

    static List<FMatrixRMaj> matrices(List<LayerTensors> layers) {
        return layers.stream()
                .flatMap(layer -> Stream.of(layer.weights(), layer.biases()))
                .toList();
    }

    LayerTensors copy() {
        return new LayerTensors(weights.copy(), biases.copy());
    }
}
