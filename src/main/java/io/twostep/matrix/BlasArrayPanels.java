package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.nio.FloatBuffer;
import org.ejml.data.FMatrixRMaj;

/** On the heap, multiplied by the arrays of X and Y as they are. */
final class BlasArrayPanels implements BlasPanels {

    private final BLAS blas;
    private final BlasBlocking blocking;
    private final float[] panels;

    BlasArrayPanels(BLAS blas, BlasBlocking blocking, FMatrixRMaj weights) {
        this.blas = blas;
        this.blocking = blocking;
        this.panels = new float[weights.getNumElements()];
        blocking.lay(weights, FloatBuffer.wrap(panels));
    }

    @Override
    public int mostRows() {
        return Integer.MAX_VALUE / blocking.rows() * blocking.rows();
    }

    @Override
    public void add(FMatrixRMaj x, FMatrixRMaj y, int row, int count, boolean backwards) {
        int inputs = blocking.inputs();
        int outputs = blocking.outputs();
        int last = blocking.panels() - 1;
        for (int i = 0; i <= last; i++) {
            int panel = backwards ? last - i : i;
            int columns = blocking.width(panel);
            int yAt = row * outputs + panel * blocking.columns();
            for (int at = 0; at < count; at += blocking.rows()) {
                blas.sgemm(
                        "N",
                        "N",
                        columns,
                        Math.min(blocking.rows(), count - at),
                        inputs,
                        1f,
                        panels,
                        blocking.start(panel),
                        columns,
                        x.data,
                        (row + at) * inputs,
                        inputs,
                        1f,
                        y.data,
                        yAt + at * outputs,
                        outputs);
            }
        }
    }
}
