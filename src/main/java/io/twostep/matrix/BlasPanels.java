package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/** Weights laid out for the native library, and their product with rows. Any number of threads may share them. */
interface BlasPanels {

    /** The most rows that go together, a multiple of a block's. */
    int mostRows();

    /**
     * Y = Y + XW for some rows.
     *
     * @param row the first
     * @param backwards whether the last panel comes first, which no sum shows
     */
    void add(FMatrixRMaj x, FMatrixRMaj y, int row, int count, boolean backwards);
}
