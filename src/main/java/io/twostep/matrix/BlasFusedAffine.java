package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The affine map where the native library packs the factors of every product, which costs as much as some twenty rows: many
 * rows through the library, few in Java, by {@link BlasFusedPanel}s.
 *
 * <p>784 x 256 weights take 6 µs a row in the library, and 19 µs in Java, where {@code sgemv} takes 17 (Zen 3).
 */
final class BlasFusedAffine implements Affine {

    /** Fewer are left to {@code sgemv}, which makes them in no time. */
    static final int FEWEST_OUTPUTS = 8;

    /** From which on packing pays. */
    private static final int FEWEST_ROWS = 2 * BlasFusedPanel.TWELVE;

    /** How many terms the library may add without a cut, to be tried. */
    private static final int[] DEPTHS = {320, 256, 192, 128, 64};

    private final int inputs;
    private final int outputs;
    private final BlasFusedPanel[] panels;

    private BlasFusedAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int depth) {
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.panels = IntStream.iterate(0, first -> first < outputs, first -> first + BlasFusedPanel.COLUMNS)
                .mapToObj(first -> new BlasFusedPanel(
                        blas, weights, biases, first, Math.min(BlasFusedPanel.COLUMNS, outputs - first), depth))
                .toArray(BlasFusedPanel[]::new);
    }

    /** Whether the library fuses at all: where Java must, without such an instruction, a real trial would take hours. */
    static boolean suits(BLAS blas) {
        return BlasFusedPanel.agrees(
                blas, BlasFusedPanel.EIGHT, FEWEST_OUTPUTS, BlasFusedPanel.EIGHT, BlasFusedPanel.TWELVE);
    }

    /** The map, or null if the library's sums are none that Java makes. */
    static @Nullable BlasFusedAffine of(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases) {
        return IntStream.of(DEPTHS)
                .map(most -> evenDepth(weights.numRows, most))
                .distinct()
                .filter(depth -> agrees(blas, weights.numRows, weights.numCols, depth))
                .mapToObj(depth -> new BlasFusedAffine(blas, weights, biases, depth))
                .findFirst()
                .orElse(null);
    }

    private static int evenDepth(int inputs, int most) {
        int blocks = (inputs + most - 1) / most;
        int eights = (inputs + blocks * BlasFusedPanel.EIGHT - 1) / (blocks * BlasFusedPanel.EIGHT);
        return eights * BlasFusedPanel.EIGHT;
    }

    /** In a full panel and in the last; after a full block of terms, and after the last. */
    private static boolean agrees(BLAS blas, int inputs, int outputs, int depth) {
        int terms = Math.min(inputs, depth + inputs % depth);
        return IntStream.of(Math.min(outputs, BlasFusedPanel.COLUMNS), outputs % BlasFusedPanel.COLUMNS)
                .filter(columns -> columns > 0)
                .distinct()
                .allMatch(columns -> BlasFusedPanel.agrees(blas, terms, columns, depth, BlasFusedPanel.MOST_ROWS));
    }

    static long numbers(int inputs, int outputs) {
        int rest = outputs % BlasFusedPanel.COLUMNS;
        return outputs / BlasFusedPanel.COLUMNS * BlasFusedPanel.numbers(inputs, BlasFusedPanel.COLUMNS)
                + (rest == 0 ? 0 : BlasFusedPanel.numbers(inputs, rest));
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, inputs, y, outputs);
        int many = x.numRows < FEWEST_ROWS ? 0 : x.numRows / BlasFusedPanel.TWELVE * BlasFusedPanel.TWELVE;
        for (BlasFusedPanel panel : panels) {
            for (int row = 0; row < many; row += BlasFusedPanel.MOST_ROWS) {
                panel.makeMany(x, y, row, Math.min(BlasFusedPanel.MOST_ROWS, many - row));
            }
            for (int row = many; row < x.numRows; row++) {
                panel.makeOne(x, y, row);
            }
        }
    }
}
