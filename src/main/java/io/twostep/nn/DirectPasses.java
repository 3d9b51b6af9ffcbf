package io.twostep.nn;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Tile;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Passes that the calling thread makes, at once; or a tile of one: tiles of columns may be made in any order and by
 * several threads, if the activation is not {@link Activation#acrossUnits across units}.
 */
public record DirectPasses(Arithmetic arithmetic) implements Passes {

    @Override
    public void forward(
            Activation activation, FMatrixRMaj x, LayerTensors layer, FMatrixRMaj a, @Nullable FMatrixRMaj slopes) {
        forward(activation, x, layer, a, slopes, null);
    }

    @Override
    public void activate(Activation activation, FMatrixRMaj a, @Nullable FMatrixRMaj slopes) {
        activation.activate(arithmetic.functions(), a, slopes, null);
    }

    @Override
    public void disturb(Noise noise, FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow) {
        noise.disturb(a, slopes, key, firstRow, null);
    }

    @Override
    public void back(FMatrixRMaj deltas, FMatrixRMaj weights, @Nullable FMatrixRMaj slopes, FMatrixRMaj before) {
        back(deltas, weights, slopes, before, null);
    }

    /**
     * The same of a tile of A and the slopes.
     *
     * @param tile null for all
     */
    public void forward(
            Activation activation,
            FMatrixRMaj x,
            LayerTensors layer,
            FMatrixRMaj a,
            @Nullable FMatrixRMaj slopes,
            @Nullable Tile tile) {
        arithmetic.products().affine(x, layer.weights(), layer.biases(), a, tile);
        activation.activate(arithmetic.functions(), a, slopes, tile);
    }

    /**
     * The same of a tile of {@code before}.
     *
     * @param tile null for all
     */
    public void back(
            FMatrixRMaj deltas,
            FMatrixRMaj weights,
            @Nullable FMatrixRMaj slopes,
            FMatrixRMaj before,
            @Nullable Tile tile) {
        arithmetic.products().multiplyTransB(deltas, weights, before, tile);
        if (slopes != null) {
            Kernels.multiplyElements(before, slopes, tile);
        }
    }
}
