package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.matrix.BatchNormalizationKernels;
import io.twostep.matrix.Products;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * N(X) = (X - mean) / sqrt(variance + epsilon), mean and variance over the rows of a batch while the network learns, and
 * {@link RunningStatistics} otherwise; {@link LayerSpec.BatchNormalization}.
 *
 * <p>A batch of one row, as the last of an epoch may be, has no variance. PyTorch refuses it, and Keras makes it 0, with
 * which the layer says the same of every row; here that row meets the running statistics, as it will in predictions, and
 * does not move them.
 *
 * @param epsilon added to the variances
 * @param momentum share that a batch has in the running statistics
 */
@JsonTypeName("batch_normalization")
record BatchNormalization(double epsilon, double momentum) implements Operation.Normalizing {

    @Override
    public boolean needsWholeBatch() {
        return true;
    }

    @Override
    public double moments(double capacity, int units) {
        return (double) BatchNormalizationKernels.KEPT * units;
    }

    @Override
    public void forward(
            Passes passes,
            Activation activation,
            FMatrixRMaj x,
            LayerTensors tensors,
            Buffers buffers,
            Workspace workspace) {
        if (workspace.isLearning()) {
            double[] kept = Buffers.kept(buffers.moments());
            if (isMeasured(x.numRows)) {
                BatchNormalizationKernels.measure(x, kept);
            } else {
                RunningStatistics running = tensors.running();
                BatchNormalizationKernels.take(running.mean(), running.variance(), kept);
            }
            BatchNormalizationKernels.forward(
                    x,
                    tensors.weights(),
                    tensors.biases(),
                    epsilon,
                    kept,
                    buffers.activations(),
                    Buffers.kept(buffers.normalized()));
        } else {
            frozen(tensors).apply(x, workspace, buffers.activations());
        }
        passes.activate(activation, buffers.activations(), buffers.slopes());
    }

    @Override
    public void back(
            Passes passes, LayerTensors tensors, Buffers buffers, @Nullable FMatrixRMaj slopes, FMatrixRMaj before) {
        FMatrixRMaj deltas = buffers.deltas();
        double[] kept = Buffers.kept(buffers.moments());
        if (isMeasured(deltas.numRows)) {
            BatchNormalizationKernels.back(deltas, tensors.weights(), Buffers.kept(buffers.normalized()), kept, before);
        } else {
            BatchNormalizationKernels.backOfTaken(deltas, tensors.weights(), kept, before);
        }
        Operation.bend(before, slopes);
    }

    @Override
    public void moveStatistics(LayerTensors tensors, Buffers buffers, int rows) {
        if (isMeasured(rows)) {
            RunningStatistics running = tensors.running();
            BatchNormalizationKernels.move(
                    running.mean(), running.variance(), Buffers.kept(buffers.moments()), momentum, rows);
        }
    }

    @Override
    public Frozen frozen(Products products, LayerTensors tensors) {
        return frozen(tensors);
    }

    private Frozen frozen(LayerTensors tensors) {
        RunningStatistics running = tensors.running();
        FMatrixRMaj factors = new FMatrixRMaj(1, running.mean().numCols);
        FMatrixRMaj terms = new FMatrixRMaj(1, running.mean().numCols);
        BatchNormalizationKernels.freeze(
                tensors.weights(), tensors.biases(), running.mean(), running.variance(), epsilon, factors, terms);
        return (x, workspace, z) -> BatchNormalizationKernels.apply(x, factors, terms, z);
    }

    private static boolean isMeasured(int rows) {
        return rows > 1;
    }
}
