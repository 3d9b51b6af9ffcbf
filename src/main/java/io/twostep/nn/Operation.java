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
sealed interface Operation permits Operation.Dense, Operation.Normalizing, Operation.Unlearned {

    /** Rows of W [rows x units]. */
    int weightRows(int inputs);

    /** Rows of b [rows x units]. */
    default int biasRows() {
        return 1;
    }

    /** Whether a column of W holds what comes into a unit, whose length may have a bound. */
    default boolean hasIncomingWeights() {
        return false;
    }

    /** Whether what becomes of a row depends on the others of its batch, while the network learns. */
    default boolean needsWholeBatch() {
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
     * @param units width of the layer
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
     * @param workspace of the pass, with what earlier layers gave; read
     */
    void forward(
            Passes passes,
            Activation activation,
            FMatrixRMaj x,
            LayerTensors tensors,
            Buffers buffers,
            Workspace workspace);

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

    /**
     * Takes a batch into the running statistics, if there are any.
     *
     * @param tensors changed
     * @param buffers as {@link #forward} left them, read
     * @param rows of the batch
     */
    default void moveStatistics(LayerTensors tensors, Buffers buffers, int rows) {}

    /** Z of X, for tensors that no longer change. */
    Frozen frozen(Products products, LayerTensors tensors);

    /**
     * From dLoss/dA of a layer to its deltas.
     *
     * @param before [rows x units], read and written
     * @param slopes f'(Z) of the layer [rows x units], read; null where all are 1
     */
    static void bend(FMatrixRMaj before, @Nullable FMatrixRMaj slopes) {
        if (slopes != null) {
            Kernels.multiplyElements(before, slopes, null);
        }
    }

    /** An operation that has learned: what it makes of a row never changes. */
    interface Frozen {

        /**
         * What a row becomes does not depend on its neighbours.
         *
         * @param x X [rows x inputs], read
         * @param workspace of the pass, with what earlier layers gave; read
         * @param z Z [rows x units], written
         */
        void apply(FMatrixRMaj x, Workspace workspace, FMatrixRMaj z);
    }

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
                Passes passes,
                Activation activation,
                FMatrixRMaj x,
                LayerTensors tensors,
                Buffers buffers,
                Workspace workspace) {
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
        public Frozen frozen(Products products, LayerTensors tensors) {
            Affine affine = products.frozen(tensors.weights(), tensors.biases());
            return (x, workspace, z) -> affine.apply(x, z);
        }
    }

    /** Operations that give numbers another mean and variance: Z = g N(X) + b. Their W [1 x units] are the gains g. */
    sealed interface Normalizing extends Operation permits LayerNormalization, BatchNormalization {

        @Override
        default int weightRows(int inputs) {
            return 1;
        }

        @Override
        default boolean normalizes() {
            return true;
        }

        @Override
        default void weightGradient(
                Products products,
                FMatrixRMaj x,
                Buffers buffers,
                FMatrixRMaj gradient,
                @Nullable Tile rows,
                boolean added) {
            NormalizationKernels.gainGradient(buffers.deltas(), Buffers.kept(buffers.normalized()), gradient, added);
        }
    }

    /**
     * N(X) = (X - mean) / sqrt(variance + epsilon), mean and variance over the units of a row;
     * {@link LayerSpec.LayerNormalization}.
     *
     * @param epsilon added to the variances
     */
    @JsonTypeName("layer_normalization")
    record LayerNormalization(double epsilon) implements Normalizing {

        /** By which it multiplied each row. */
        @Override
        public double moments(double capacity, int units) {
            return capacity;
        }

        @Override
        public void forward(
                Passes passes,
                Activation activation,
                FMatrixRMaj x,
                LayerTensors tensors,
                Buffers buffers,
                Workspace workspace) {
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
            bend(before, slopes);
        }

        @Override
        public Frozen frozen(Products products, LayerTensors tensors) {
            return (x, workspace, z) ->
                    NormalizationKernels.forward(x, tensors.weights(), tensors.biases(), epsilon, z, null, null);
        }
    }

    /**
     * Z = X + A of an earlier layer: the end of a {@link LayerSpec.Residual} block, X being what the block made of that A.
     * The slopes by it, which are the deltas of this layer, are added where that layer's deltas are made
     * ({@link Backpropagation#propagate}).
     *
     * @param from the layer whose outputs the block took, 1 for the first; 0 for the network's inputs
     */
    @JsonTypeName("residual")
    record Residual(int from) implements Unlearned {

        @Override
        public void forward(
                Passes passes,
                Activation activation,
                FMatrixRMaj x,
                LayerTensors tensors,
                Buffers buffers,
                Workspace workspace) {
            Kernels.add(x, workspace.outputs(from, x.numRows), buffers.activations());
            passes.activate(activation, buffers.activations(), buffers.slopes());
        }

        @Override
        public Frozen frozen(Products products, LayerTensors tensors) {
            return (x, workspace, z) -> Kernels.add(x, workspace.outputs(from, x.numRows), z);
        }
    }

    /** Z = X: for noise that belongs to no other layer. */
    @JsonTypeName("identity")
    record Identity() implements Unlearned {

        @Override
        public void forward(
                Passes passes,
                Activation activation,
                FMatrixRMaj x,
                LayerTensors tensors,
                Buffers buffers,
                Workspace workspace) {
            Kernels.copyRows(x, 0, buffers.activations());
            passes.activate(activation, buffers.activations(), buffers.slopes());
        }

        @Override
        public Frozen frozen(Products products, LayerTensors tensors) {
            return (x, workspace, z) -> Kernels.copyRows(x, 0, z);
        }
    }

    /** Operations of which Z has the slope 1 by X, and that have nothing to learn. */
    sealed interface Unlearned extends Operation {

        @Override
        default int weightRows(int inputs) {
            return 0;
        }

        @Override
        default int biasRows() {
            return 0;
        }

        @Override
        default void back(
                Passes passes,
                LayerTensors tensors,
                Buffers buffers,
                @Nullable FMatrixRMaj slopes,
                FMatrixRMaj before) {
            Kernels.copyRows(buffers.deltas(), 0, before);
            bend(before, slopes);
        }

        @Override
        default void weightGradient(
                Products products,
                FMatrixRMaj x,
                Buffers buffers,
                FMatrixRMaj gradient,
                @Nullable Tile rows,
                boolean added) {}
    }
}
