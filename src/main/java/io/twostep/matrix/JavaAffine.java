package io.twostep.matrix;

import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** The affine map in plain Java, with the order of sums that {@link JavaProducts} have: once laid out, nothing is copied. */
final class JavaAffine implements Affine {

    /** 32 x 512 floats are 64 KB, read again for every row of X. */
    private static final int DEPTH = 32;

    private static final int COLUMNS = 512;

    private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[COLUMNS]);

    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;

    /** Some columns of the weights, row by row. */
    private final float[][][] panels;

    JavaAffine(FMatrixRMaj weights, FMatrixRMaj biases) {
        Shapes.checkBiases(weights, biases);
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
