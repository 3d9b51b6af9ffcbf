package io.twostep.training;

import org.ejml.data.FMatrixRMaj;

/**
 * Encoded rows: what the network sees and what it should say.
 *
 * @param x [rows x inputs]
 * @param y [rows x outputs]
 */
public record Examples(FMatrixRMaj x, FMatrixRMaj y) {

    public Examples {
        if (x.numRows != y.numRows) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows but y has " + y.numRows);
        }
    }

    public int rows() {
        return x.numRows;
    }

    public boolean isEmpty() {
        return x.numRows == 0;
    }
}
