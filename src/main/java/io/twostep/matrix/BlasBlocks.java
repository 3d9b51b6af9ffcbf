package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how the product of a {@link BlasAffine} is cut, and where its weights lie. The library makes the sums of a product
 * in an order that depends on its size, and does not tell which sizes are alike. So the sizes are chosen by trial, the same
 * for all layers of one shape: blocks of rows that have the bits which their rows have alone.
 *
 * <p>Panels of columns are worth it: of 784 x 256 weights a row alone takes 9.2 µs instead of 11.3, and one of many 3.5 µs
 * instead of 3.6 (Zen 4).
 */
final class BlasBlocks {

    /** The native kernels make at most this many columns at once; panels of as many stay in the cache. */
    private static final int COLUMNS = 64;

    /** What suits the kernels still, where rows are very long. */
    private static final int FEWEST_COLUMNS = 16;

    /** Rows of a block, to be tried. */
    private static final int[] ROWS = {256, 128, 64, 32, 16, 8, 4};

    private static final int FEWEST_ROWS = 4;

    /** More rows than any native kernel makes at once. */
    private static final int KERNEL_ROWS = 20;

    private record Trial(int rows, int columns, int inputs) {}

    private final BLAS blas;
    private final int unpacked;
    private final long mostBytesOutside;
    private final Map<Trial, Boolean> trials = new ConcurrentHashMap<>();

    /**
     * Has tried nothing yet.
     *
     * @param unpacked the most multiplications of a product that the library makes without packing
     * @param mostBytesOutside that may lie outside of the heap; 0 for a library that only knows arrays
     */
    BlasBlocks(BLAS blas, int unpacked, long mostBytesOutside) {
        this.blas = blas;
        this.unpacked = unpacked;
        this.mostBytesOutside = mostBytesOutside;
    }

    /** The map, or null if rows have the bits that they have alone in no block. */
    @Nullable
    Affine frozen(FMatrixRMaj weights, FMatrixRMaj biases) {
        int inputs = weights.numRows;
        int outputs = weights.numCols;
        BlasLayout layout = layout(inputs, outputs, BlasNativePanels.mostRows(inputs, outputs));
        BlasPanels outside = layout == null ? null : BlasNativePanels.of(layout, weights, mostBytesOutside);
        if (layout != null && outside != null) {
            return new BlasAffine(layout, biases, outside);
        }
        BlasLayout ofArrays = layout(inputs, outputs, ROWS[0]);
        return ofArrays == null ? null : new BlasAffine(ofArrays, biases, new BlasArrayPanels(blas, ofArrays, weights));
    }

    private @Nullable BlasLayout layout(int inputs, int outputs, int mostRows) {
        int width = COLUMNS;
        while (width > FEWEST_COLUMNS && !fits(FEWEST_ROWS, width, inputs)) {
            width /= 2;
        }
        int columns = Math.min(outputs, width);
        return IntStream.of(ROWS)
                .filter(rows -> rows <= mostRows && fits(rows, columns, inputs))
                .mapToObj(rows -> new BlasLayout(inputs, outputs, columns, rows))
                .filter(this::agrees)
                .findFirst()
                .orElse(null);
    }

    private boolean fits(int rows, int columns, int inputs) {
        return (long) rows * columns * inputs <= unpacked;
    }

    /** Whether blocks, full and not, have the bits that their rows have alone, in a full panel and in the last. */
    private boolean agrees(BlasLayout layout) {
        return IntStream.of(layout.columns(), layout.width(layout.panels() - 1))
                .distinct()
                .mapToObj(columns -> new Trial(layout.rows(), columns, layout.inputs()))
                .allMatch(trial -> trials.computeIfAbsent(trial, this::agrees));
    }

    private boolean agrees(Trial trial) {
        int most = trial.rows;
        int columns = trial.columns;
        int inputs = trial.inputs;
        float[] panel = ProductsTrial.numbers(inputs * columns);
        float[] x = ProductsTrial.numbers(most * inputs);
        float[] start = ProductsTrial.numbers(most * columns);
        float[] alone = start.clone();
        for (int row = 0; row < most; row++) {
            add(1, columns, inputs, panel, x, row * inputs, alone, row * columns);
        }
        IntStream fewer =
                IntStream.iterate(2, rows -> rows < most, rows -> rows + (rows < KERNEL_ROWS ? 1 : KERNEL_ROWS - 1));
        return IntStream.concat(fewer, IntStream.of(most)).allMatch(rows -> {
            float[] together = start.clone();
            add(rows, columns, inputs, panel, x, 0, together, 0);
            return Arrays.equals(alone, 0, rows * columns, together, 0, rows * columns);
        });
    }

    private void add(int rows, int columns, int inputs, float[] panel, float[] x, int xAt, float[] y, int yAt) {
        blas.sgemm("N", "N", columns, rows, inputs, 1f, panel, 0, columns, x, xAt, inputs, 1f, y, yAt, columns);
    }
}
