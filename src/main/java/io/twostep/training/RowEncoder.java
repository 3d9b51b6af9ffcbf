package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.OutOfFold;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import org.ejml.data.FMatrixRMaj;

/** Encodes some rows at a time, inputs and outputs, in buffers that are made once. */
final class RowEncoder {

    /** Numbers of the inputs' buffer. */
    static final int CELLS = 1 << 20;

    private final FeatureEncoder features;
    private final OutOfFold outOfFold;
    private final TargetEncoder target;
    private final FMatrixRMaj x;
    private final FMatrixRMaj y;
    private final int capacity;

    /**
     * @param outOfFold what is different for training rows; {@link OutOfFold#NONE} for others
     * @param mostRows that will ever be encoded at once
     */
    RowEncoder(FeatureEncoder features, OutOfFold outOfFold, TargetEncoder target, int outputs, int mostRows) {
        this.features = features;
        this.outOfFold = outOfFold;
        this.target = target;
        int width = features.width();
        this.capacity = Math.min(mostRows, Math.max(1, CELLS / Math.max(width, outputs)));
        this.x = new FMatrixRMaj(capacity, width);
        this.y = new FMatrixRMaj(capacity, outputs);
    }

    int inputs() {
        return x.numCols;
    }

    int outputs() {
        return y.numCols;
    }

    /** The most rows that fit. */
    int capacity() {
        return capacity;
    }

    /**
     * Encodes some rows of a piece of a table and appends them.
     *
     * @param firstRow the number of the piece's first row in the table
     * @param rows numbers of rows in the table, at most {@link #capacity()}
     * @throws InvalidValueException with the table's numbers of rows
     */
    void encode(Table piece, int firstRow, int[] rows, ExampleStore.Writer writer) {
        int[] places = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = rows[i] - firstRow;
        }
        Table block = piece.rows(places);
        x.reshape(rows.length, x.numCols);
        y.reshape(rows.length, y.numCols);
        try {
            features.encode(block, x);
            outOfFold.encode(block, rows, x);
            target.encode(block, y);
        } catch (InvalidValueException e) {
            throw e.inRows(row -> rows[row]);
        }
        writer.append(x, y);
    }
}
