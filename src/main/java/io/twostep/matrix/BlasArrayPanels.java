package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.nio.FloatBuffer;
import org.ejml.data.FMatrixRMaj;

/** On the heap, multiplied by the arrays of X and Y as they are. */
final class BlasArrayPanels implements BlasPanels {

    private final BLAS blas;
    private final BlasLayout layout;
    private final float[] panels;

    BlasArrayPanels(BLAS blas, BlasLayout layout, FMatrixRMaj weights) {
        this.blas = blas;
        this.layout = layout;
        this.panels = new float[weights.getNumElements()];
        layout.lay(weights, FloatBuffer.wrap(panels));
    }

    @Override
    public void map(FMatrixRMaj x, FMatrixRMaj biases, FMatrixRMaj y, boolean backwards) {
        int inputs = layout.inputs();
        int outputs = layout.outputs();
        Kernels.fillRows(biases, y, null);
        int last = layout.panels() - 1;
        for (int i = 0; i <= last; i++) {
            int panel = backwards ? last - i : i;
            int columns = layout.width(panel);
            int yAt = panel * layout.columns();
            for (int at = 0; at < x.numRows; at += layout.rows()) {
                blas.sgemm(
                        "N",
                        "N",
                        columns,
                        Math.min(layout.rows(), x.numRows - at),
                        inputs,
                        1f,
                        panels,
                        layout.start(panel),
                        columns,
                        x.data,
                        at * inputs,
                        inputs,
                        1f,
                        y.data,
                        yAt + at * outputs,
                        outputs);
            }
        }
    }
}
