package io.twostep.nn;

import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The numbers of one layer, or their derivatives.
 *
 * @param weights W [inputs x units]; [1 x units] where the layer normalises
 * @param biases b [1 x units]
 */
public record LayerTensors(FMatrixRMaj weights, FMatrixRMaj biases) {

    static LayerTensors zeros(Layer layer) {
        return new LayerTensors(new FMatrixRMaj(layer.weightRows(), layer.units()), new FMatrixRMaj(1, layer.units()));
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
