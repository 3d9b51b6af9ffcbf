package io.twostep.training;

import io.twostep.matrix.Kernels;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows in two matrices.
 *
 * @param x [rows x inputs]
 * @param y [rows x outputs]
 */
record HeapExamples(FMatrixRMaj x, FMatrixRMaj y) implements Examples {

    HeapExamples {
        if (x.numRows != y.numRows) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows but y has " + y.numRows);
        }
    }

    @Override
    public int rows() {
        return x.numRows;
    }

    @Override
    public int inputs() {
        return x.numCols;
    }

    @Override
    public int outputs() {
        return y.numCols;
    }

    @Override
    public void gather(int[] order, int from, FMatrixRMaj batchX, FMatrixRMaj batchY) {
        requireSameRows(batchX, batchY);
        Kernels.gatherRows(x, order, from, batchX);
        Kernels.gatherRows(y, order, from, batchY);
    }

    @Override
    public void copy(int from, FMatrixRMaj batchX, FMatrixRMaj batchY) {
        requireSameRows(batchX, batchY);
        Kernels.copyRows(x, from, batchX);
        Kernels.copyRows(y, from, batchY);
    }

    private static void requireSameRows(FMatrixRMaj batchX, FMatrixRMaj batchY) {
        if (batchX.numRows != batchY.numRows) {
            throw new IllegalArgumentException(
                    "the batch has " + batchX.numRows + " rows in x but " + batchY.numRows + " in y");
        }
    }
}
