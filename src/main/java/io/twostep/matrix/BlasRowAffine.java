package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import org.ejml.data.FMatrixRMaj;

/** The affine map in a native BLAS, one row after another, on the transposed weights. */
final class BlasRowAffine implements Affine {

    /** The most weights of a call, which takes some 3 ms where they come from memory. */
    private static final int MOST_WEIGHTS = 1 << 22;

    private final BLAS blas;
    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;
    private final float[] transposed;

    BlasRowAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.biases = biases;
        this.transposed = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                transposed[j * inputs + i] = weights.data[i * outputs + j];
            }
        }
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, inputs, y, outputs);
        Kernels.fillRows(biases, y, null);
        int most = Math.max(1, MOST_WEIGHTS / inputs);
        for (int column = 0; column < outputs; column += most) {
            int columns = Math.min(most, outputs - column);
            int at = column * inputs;
            for (int row = 0; row < x.numRows; row++) {
                int yAt = row * outputs + column;
                blas.sgemv(
                        "T", inputs, columns, 1f, transposed, at, inputs, x.data, row * inputs, 1, 1f, y.data, yAt, 1);
            }
        }
    }
}
