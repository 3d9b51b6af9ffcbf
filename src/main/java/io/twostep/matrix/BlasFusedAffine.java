package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The affine map where the native library packs the factors of every product, which costs as much as ten rows of it in
 * Java: many rows through the library, few in Java, by {@link BlasFusedPanel}s.
 *
 * <p>784 x 256 weights take 6 µs a row in the library, and some 20 µs in Java, where {@code sgemv} takes 17 (Zen 3).
 */
final class BlasFusedAffine implements Affine {

    /** From which on packing pays. */
    private static final int FEWEST_ROWS = 16;

    private final int inputs;
    private final int outputs;
    private final BlasFusedPanel[] panels;

    /** @param depth how many terms are added before their sum is */
    BlasFusedAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int depth) {
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        float[] packed = new float[inputs * widths(outputs)];
        this.panels = IntStream.iterate(0, first -> first < outputs, first -> first + BlasFusedPanel.COLUMNS)
                .mapToObj(first -> new BlasFusedPanel(
                        blas,
                        weights,
                        biases,
                        first,
                        Math.min(BlasFusedPanel.COLUMNS, outputs - first),
                        depth,
                        packed,
                        inputs * widths(first)))
                .toArray(BlasFusedPanel[]::new);
    }

    /** How many numbers of four bytes one keeps. */
    static long numbers(int inputs, int outputs) {
        return ScaledRows.numbers(inputs, outputs, BlasFusedPanel.COLUMNS) + (long) inputs * widths(outputs);
    }

    /** Those of the panels of so many columns. */
    private static int widths(int columns) {
        int full = columns / BlasFusedPanel.COLUMNS;
        int rest = columns % BlasFusedPanel.COLUMNS;
        return full * BlasFusedPanel.width(BlasFusedPanel.COLUMNS) + (rest == 0 ? 0 : BlasFusedPanel.width(rest));
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, inputs, y, outputs);
        int many = x.numRows < FEWEST_ROWS ? 0 : rowsTogether(x);
        for (BlasFusedPanel panel : panels) {
            for (int row = 0; row < many; row += BlasFusedPanel.MOST_ROWS) {
                panel.makeMany(x, y, row, Math.min(BlasFusedPanel.MOST_ROWS, many - row));
            }
            for (int row = many; row < x.numRows; row++) {
                panel.makeOne(x, y, row);
            }
        }
    }

    /** In twelves; behind the last row, where there is room, may stand anything. */
    private int rowsTogether(FMatrixRMaj x) {
        int twelves = x.numRows / BlasFusedPanel.TWELVE * BlasFusedPanel.TWELVE;
        int more = twelves + BlasFusedPanel.TWELVE;
        return twelves < x.numRows && (long) more * inputs <= x.data.length ? more : twelves;
    }
}
