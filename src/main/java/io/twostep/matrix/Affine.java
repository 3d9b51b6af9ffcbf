package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * Y = XW + 1b for weights and biases that no longer change. What a row becomes does not depend on its neighbours: it has
 * the same bits alone and among thousands. Any number of threads may share it.
 */
public interface Affine {

    /**
     * Maps rows.
     *
     * @param x [rows x inputs], read
     * @param y [rows x outputs], written
     * @throws IllegalArgumentException naming the shapes, if they do not fit
     */
    void apply(FMatrixRMaj x, FMatrixRMaj y);
}
