package io.twostep.nn;

import io.twostep.matrix.NormalizationKernels;
import io.twostep.nn.Workspace.Buffers;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * What a layer does instead of a product: {@link LayerSpec.LayerNormalization}. Its W [1 x units] are the gains.
 *
 * @param epsilon added to the variances
 */
public record Normalization(double epsilon) {

    /** Z of a layer, and in a workspace for training what the way back asks for. */
    void forward(FMatrixRMaj x, DenseTensors layer, Buffers buffers) {
        NormalizationKernels.forward(
                x,
                layer.weights(),
                layer.biases(),
                epsilon,
                buffers.activations(),
                buffers.normalized(),
                buffers.scales());
    }

    /** Z alone. */
    void forward(FMatrixRMaj x, DenseTensors layer, FMatrixRMaj z) {
        NormalizationKernels.forward(x, layer.weights(), layer.biases(), epsilon, z, null, null);
    }

    /** dLoss/dX from the deltas of the layer. */
    void back(DenseTensors layer, Buffers buffers, FMatrixRMaj before) {
        NormalizationKernels.back(
                Objects.requireNonNull(buffers.deltas()),
                layer.weights(),
                normalized(buffers),
                Objects.requireNonNull(buffers.scales()),
                before);
    }

    /** dLoss/dW, the gains. */
    void gainGradient(Buffers buffers, FMatrixRMaj gradient, boolean added) {
        NormalizationKernels.gainGradient(
                Objects.requireNonNull(buffers.deltas()), normalized(buffers), gradient, added);
    }

    private static FMatrixRMaj normalized(Buffers buffers) {
        return Objects.requireNonNull(buffers.normalized(), "a workspace for training");
    }
}
