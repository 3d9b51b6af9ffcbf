package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.matrix.Affine;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.NormalizationKernels;
import io.twostep.matrix.Products;
import io.twostep.matrix.Tile;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What a layer makes of X [rows x inputs] before it bends: Z [rows x units]; forward, back, and by its weights. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Operation permits Operation.Dense, Operation.LayerNormalization {

    /** Rows of W [rows x units]. */
    int weightRows(int inputs);

    /** Whether a column of W holds what comes into a unit, whose length may have a bound. */
    default boolean hasIncomingWeights() {
        return false;
    }

    /** Whether N(X) [rows x units] is kept for the way back. */
    default boolean normalizes() {
        return false;
    }

    /**
     * How many other numbers are kept for the way back.
     *
     * @param capacity the most rows
     */
    default double moments(double capacity, int units) {
        return 0;
    }

    /**
     * A = f(Z) and f'(Z), and in a workspace for training what the way back asks for.
     *
     * @param x X [rows x inputs], read
     * @param tensors the numbers of the layer, read
     * @param buffers of the layer, written
     */
    void forward(Passes passes, Activation activation, FMatrixRMaj x, LayerTensors tensors, Buffers buffers);

    /**
     * The deltas of the layer before: dLoss/dX * f'(Z) of that layer.
     *
     * @param buffers of this layer as {@link #forward} left them, with its deltas; read
     * @param slopes f'(Z) of the layer before [rows x inputs], read; null where all are 1
     * @param before [rows x inputs], written
     */
    void back(Passes passes, LayerTensors tensors, Buffers buffers, @Nullable FMatrixRMaj slopes, FMatrixRMaj before);

    /**
     * dLoss/dW.
     *
     * @param x X [rows x inputs], read
     * @param buffers of the layer with its deltas, read
     * @param gradient [weight rows x units], written
     * @param rows whole rows of it to make; null for all
     * @param added whether it comes on top of what is there
     */
    void weightGradient(
            Products products,
            FMatrixRMaj x,
            Buffers buffers,
            FMatrixRMaj gradient,
            @Nullable Tile rows,
            boolean added);

    /** Z of X, for tensors that no longer change. */
    Affine frozen(Products products, LayerTensors tensors);

    /** Z = XW + b with W [inputs x units]. */
    @JsonTypeName("dense")
    record Dense() implements Operation {

        @Override
        public int weightRows(int inputs) {
            return inputs;
        }

        @Override
        public boolean hasIncomingWeights() {
            return true;
        }

        @Override
        public void forward(
                Passes passes, Activation activation, FMatrixRMaj x, LayerTensors tensors, Buffers buffers) {
            passes.forward(activation, x, tensors, buffers.activations(), buffers.slopes());
        }

        @Override
        public void back(
                Passes passes,
                LayerTensors tensors,
                Buffers buffers,
                @Nullable FMatrixRMaj slopes,
                FMatrixRMaj before) {
            passes.back(buffers.deltas(), tensors.weights(), slopes, before);
        }

        @Override
        public void weightGradient(
                Products products,
                FMatrixRMaj x,
                Buffers buffers,
                FMatrixRMaj gradient,
                @Nullable Tile rows,
                boolean added) {
            products.multiplyTransA(x, buffers.deltas(), gradient, rows, added);
        }

        @Override
        public Affine frozen(Products products, LayerTensors tensors) {
            return products.frozen(tensors.weights(), tensors.biases());
        }
    }

    /**
     * Z = g (X - mean) / sqrt(variance + epsilon) + b, mean and variance over the units of a row;
     * {@link LayerSpec.LayerNormalization}. Its W [1 x units] are the gains g.
     *
     * @param epsilon added to the variances
     */
    @JsonTypeName("layer_normalization")
    record LayerNormalization(double epsilon) implements Operation {

        @Override
        public int weightRows(int inputs) {
            return 1;
        }

        @Override
        public boolean normalizes() {
            return true;
        }

        /** By which it multiplied each row. */
        @Override
        public double moments(double capacity, int units) {
            return capacity;
        }

        @Override
        public void forward(
                Passes passes, Activation activation, FMatrixRMaj x, LayerTensors tensors, Buffers buffers) {
            NormalizationKernels.forward(
                    x,
                    tensors.weights(),
                    tensors.biases(),
                    epsilon,
                    buffers.activations(),
                    buffers.normalized(),
                    buffers.moments());
            passes.activate(activation, buffers.activations(), buffers.slopes());
        }

        @Override
        public void back(
                Passes passes,
                LayerTensors tensors,
                Buffers buffers,
                @Nullable FMatrixRMaj slopes,
                FMatrixRMaj before) {
            NormalizationKernels.back(
                    buffers.deltas(),
                    tensors.weights(),
                    Buffers.kept(buffers.normalized()),
                    Buffers.kept(buffers.moments()),
                    before);
            if (slopes != null) {
                Kernels.multiplyElements(before, slopes, null);
            }
        }

        @Override
        public void weightGradient(
                Products products,
                FMatrixRMaj x,
                Buffers buffers,
                FMatrixRMaj gradient,
                @Nullable Tile rows,
                boolean added) {
            NormalizationKernels.gainGradient(buffers.deltas(), Buffers.kept(buffers.normalized()), gradient, added);
        }

        @Override
        public Affine frozen(Products products, LayerTensors tensors) {
            return (x, z) ->
                    NormalizationKernels.forward(x, tensors.weights(), tensors.biases(), epsilon, z, null, null);
        }
    }
}
