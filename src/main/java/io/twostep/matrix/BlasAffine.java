package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * The affine map in a native BLAS, block by block.
 *
 * <p>The weights are gone through to and fro, since what was read last is still in the cache when the next rows come.
 */
final class BlasAffine implements Affine {

    private final BlasBlocking blocking;
    private final FMatrixRMaj biases;
    private final BlasPanels panels;

    /** In which direction some thread went through the panels last; no sum depends on it. */
    private boolean wasBackwards;

    BlasAffine(BlasBlocking blocking, FMatrixRMaj biases, BlasPanels panels) {
        this.blocking = blocking;
        this.biases = biases;
        this.panels = panels;
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, blocking.inputs(), y, blocking.outputs());
        Kernels.fillRows(biases, y, null);
        int most = panels.mostRows();
        for (int row = 0; row < x.numRows; row += most) {
            panels.add(x, y, row, Math.min(most, x.numRows - row), alternate());
        }
    }

    /** Backwards every other time; several threads at once may all hear the same, which is no worse than no turns. */
    private boolean alternate() {
        wasBackwards = !wasBackwards;
        return wasBackwards;
    }
}
