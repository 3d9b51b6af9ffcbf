package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * The affine map in a native BLAS, block by block.
 *
 * <p>The weights are gone through to and fro, since what was read last is still in the cache when the next rows come.
 */
final class BlasAffine implements Affine {

    private final BlasLayout layout;
    private final FMatrixRMaj biases;
    private final BlasPanels panels;

    /** In which direction some thread went through the panels last; no sum depends on it. */
    private boolean wasBackwards;

    BlasAffine(BlasLayout layout, FMatrixRMaj biases, BlasPanels panels) {
        this.layout = layout;
        this.biases = biases;
        this.panels = panels;
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, layout.inputs(), y, layout.outputs());
        panels.map(x, biases, y, layout.panels() > 1 && alternate());
    }

    /** Backwards every other time; several threads at once may all hear the same, which is no worse than no turns. */
    private boolean alternate() {
        wasBackwards = !wasBackwards;
        return wasBackwards;
    }
}
