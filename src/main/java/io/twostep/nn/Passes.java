package io.twostep.nn;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The way through one layer, forward and back. */
public interface Passes {

    /**
     * Z = XW + b, then A = f(Z) and the slopes f'(Z).
     *
     * @param x [rows x inputs], read
     * @param layer W [inputs x units] and b [1 x units], read
     * @param a A [rows x units], written
     * @param slopes f'(Z) [rows x units], written; null where no backward pass asks for them
     */
    void forward(Activation activation, FMatrixRMaj x, LayerTensors layer, FMatrixRMaj a, @Nullable FMatrixRMaj slopes);

    /**
     * A = f(Z) and the slopes f'(Z).
     *
     * @param a Z [rows x units], which A overwrites
     * @param slopes f'(Z) [rows x units], written; null where no backward pass asks for them
     */
    void activate(Activation activation, FMatrixRMaj a, @Nullable FMatrixRMaj slopes);

    /**
     * Disturbs A, and f'(Z) where it follows.
     *
     * @param a A [rows x units], read and written
     * @param slopes f'(Z) [rows x units], read and written; null where no backward pass asks for them
     * @param key of the noise
     * @param firstRow the place in the batch of a's first row
     */
    void disturb(Noise noise, FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow);

    /**
     * The deltas of the layer before: DW' * f'(Z).
     *
     * @param deltas D [rows x units], read
     * @param weights W [inputs x units], read
     * @param slopes f'(Z) of the layer before [rows x inputs], read; null where all are 1
     * @param before [rows x inputs], written
     */
    void back(FMatrixRMaj deltas, FMatrixRMaj weights, @Nullable FMatrixRMaj slopes, FMatrixRMaj before);
}
