package io.twostep.matrix;

import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** The affine map in plain Java: the order of sums is that of {@link JavaProducts}, but weights are laid out once for all. */
final class JavaAffine implements Affine {

    private static final int DEPTH = PackedLoops.DEPTH;
    private static final int COLUMNS = PackedLoops.COLUMNS;

    private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[COLUMNS]);

    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;

    /** Some columns of the weights, row by row. */
    private final float[][][] panels;

    JavaAffine(FMatrixRMaj weights, FMatrixRMaj biases) {
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.biases = biases;
        this.panels = IntStream.range(0, (outputs + COLUMNS - 1) / COLUMNS)
                .mapToObj(i -> ScaledRows.of(weights, i * COLUMNS, Math.min(COLUMNS, outputs - i * COLUMNS)))
                .toArray(float[][][]::new);
    }

    static long numbers(int inputs, int outputs) {
        return ScaledRows.numbers(inputs, outputs, COLUMNS);
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, inputs, y, outputs);
        Kernels.fillRows(biases, y, null);
        float[] sums = SUMS.get();
        int first = 0;
        for (float[][] panel : panels) {
            int columns = panel[0].length;
            for (int from = 0; from < inputs; from += DEPTH) {
                int to = Math.min(inputs, from + DEPTH);
                for (int i = 0; i < x.numRows; i++) {
                    int at = i * outputs + first;
                    System.arraycopy(y.data, at, sums, 0, columns);
                    ScaledRows.add(x.data, i * inputs + from, 1, panel, from, to, sums, columns);
                    System.arraycopy(sums, 0, y.data, at, columns);
                }
            }
            first += columns;
        }
    }
}
