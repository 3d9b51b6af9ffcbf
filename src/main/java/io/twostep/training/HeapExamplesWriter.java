package io.twostep.training;

import org.ejml.data.FMatrixRMaj;

/** Fills two matrices from the top. */
final class HeapExamplesWriter implements ExampleStore.Writer {

    private final FMatrixRMaj x;
    private final FMatrixRMaj y;
    private int rows;

    HeapExamplesWriter(int rows, int inputs, int outputs) {
        this.x = new FMatrixRMaj(rows, inputs);
        this.y = new FMatrixRMaj(rows, outputs);
    }

    @Override
    public void append(FMatrixRMaj moreX, FMatrixRMaj moreY) {
        if (moreX.numRows != moreY.numRows || moreX.numRows > x.numRows - rows) {
            throw new IllegalArgumentException("%d and %d rows do not fit behind %d of %d"
                    .formatted(moreX.numRows, moreY.numRows, rows, x.numRows));
        }
        copy(moreX, x);
        copy(moreY, y);
        rows += moreX.numRows;
    }

    private void copy(FMatrixRMaj more, FMatrixRMaj all) {
        if (more.numCols != all.numCols) {
            throw new IllegalArgumentException(
                    "rows of %d numbers do not fit among rows of %d".formatted(more.numCols, all.numCols));
        }
        System.arraycopy(more.data, 0, all.data, rows * all.numCols, more.getNumElements());
    }

    @Override
    public Examples finish() {
        if (rows < x.numRows) {
            throw new IllegalStateException("only %d of %d rows were written".formatted(rows, x.numRows));
        }
        return Examples.of(x, y);
    }
}
