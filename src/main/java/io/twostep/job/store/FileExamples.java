package io.twostep.job.store;

import io.twostep.storage.FloatRows;
import io.twostep.training.Examples;
import org.ejml.data.FMatrixRMaj;

/** Encoded rows in a file: each row its inputs, then its outputs. */
record FileExamples(FloatRows file, int inputs, int outputs) implements Examples {

    @Override
    public int rows() {
        return file.rows();
    }

    @Override
    public void gather(int[] order, int from, FMatrixRMaj x, FMatrixRMaj y) {
        requireShapes(x, y);
        if (from < 0 || from > order.length - x.numRows) {
            throw new IllegalArgumentException(
                    "no %d rows from place %d among %d".formatted(x.numRows, from, order.length));
        }
        for (int i = 0; i < x.numRows; i++) {
            int row = order[from + i];
            if (row < 0 || row >= rows()) {
                throw new IllegalArgumentException("no row %d among %d".formatted(row, rows()));
            }
            read(row, x, y, i);
        }
    }

    @Override
    public void copy(int from, FMatrixRMaj x, FMatrixRMaj y) {
        requireShapes(x, y);
        if (from < 0 || from > rows() - x.numRows) {
            throw new IllegalArgumentException("no %d rows from row %d among %d".formatted(x.numRows, from, rows()));
        }
        for (int i = 0; i < x.numRows; i++) {
            read(from + i, x, y, i);
        }
    }

    private void read(int row, FMatrixRMaj x, FMatrixRMaj y, int i) {
        file.read(row, 0, x.data, i * inputs, inputs);
        file.read(row, inputs, y.data, i * outputs, outputs);
    }

    private void requireShapes(FMatrixRMaj x, FMatrixRMaj y) {
        if (x.numCols != inputs || y.numCols != outputs || x.numRows != y.numRows) {
            throw new IllegalArgumentException("[%d x %d] and [%d x %d] do not fit rows of %d inputs and %d outputs"
                    .formatted(x.numRows, x.numCols, y.numRows, y.numCols, inputs, outputs));
        }
    }
}
