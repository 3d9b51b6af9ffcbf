package io.twostep.nn;

import io.twostep.matrix.Kernels;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The derivative of the loss with respect to every weight and bias, in the shapes of {@link Parameters}. Every
 * backward pass overwrites it; threads may share the making, each with tiles of its own.
 */
public final class Gradients {

    private final List<LayerTensors> layers;
    private final List<FMatrixRMaj> matrices;

    private Gradients(List<LayerTensors> layers) {
        this.layers = layers;
        this.matrices = LayerTensors.matrices(layers);
    }

    public static Gradients of(Network network) {
        return new Gradients(
                network.layers().stream().map(LayerTensors::gradients).toList());
    }

    /** dLoss/dW and dLoss/db for each layer of the network. */
    public List<LayerTensors> layers() {
        return layers;
    }

    /** dLoss/dW and dLoss/db of every layer in order, as {@link Parameters#matrices()}. */
    public List<FMatrixRMaj> matrices() {
        return matrices;
    }

    /** The Euclidean length of all of them together. */
    public double norm() {
        double sum = 0;
        for (FMatrixRMaj matrix : matrices) {
            sum += Kernels.squaredNorm(matrix);
        }
        return Math.sqrt(sum);
    }
}
