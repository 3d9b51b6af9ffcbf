package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/** Weights laid out for the native library. Any number of threads may share them. */
interface BlasPanels {

    /**
     * Y = XW + 1b.
     *
     * @param biases [1 x outputs]
     * @param backwards whether the last panel comes first, which no sum shows
     */
    void map(FMatrixRMaj x, FMatrixRMaj biases, FMatrixRMaj y, boolean backwards);
}
