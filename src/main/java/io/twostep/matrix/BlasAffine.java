package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The affine map in a native BLAS. The library makes the sums of a product in an order that depends on its size, and
 * does not tell which sizes are alike. So the sizes are chosen by trial, the same for all layers of one shape: blocks of
 * rows that have the bits which their rows have alone; where none have, one row after another.
 *
 * <p>The weights lie in panels, some columns of W after another, so that a row's product reads memory from one end to the
 * other: of 784 x 256 weights a row alone takes 9.2 µs instead of 11.3, and one of many 3.5 µs instead of 3.6 (Zen 4).
 * They are gone through to and fro, since what was read last is still in the cache when the next rows come.
 */
final class BlasAffine implements Affine {

    /** The native kernels make at most this many columns at once; panels of as many stay in the cache. */
    private static final int COLUMNS = 64;

    /** What suits the kernels still, where rows are very long. */
    private static final int FEWEST_COLUMNS = 16;

    /** Rows of a block, to be tried. */
    private static final int[] ROWS = {256, 128, 64, 32, 16, 8, 4};

    private static final int FEWEST_ROWS = 4;

    /** More rows than any native kernel makes at once. */
    private static final int KERNEL_ROWS = 20;

    /** The most weights of a call for one row, which takes some 3 ms where they come from memory. */
    private static final int MOST_WEIGHTS = 1 << 22;

    private final BLAS blas;
    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;

    /** The columns of a panel. */
    private final int columns;

    /** The rows of a block; 1 where rows go one after another, and the panels are turned. */
    private final int rows;

    private final float[] panels;

    /** In which direction some thread went through the panels last; no sum depends on it. */
    private boolean wasBackwards;

    /**
     * Chooses the form.
     *
     * @param unpacked the most multiplications of a product that the library makes without packing; 0 if it always
     *     packs, which a single row does not bear: then all rows are asked for one by one
     */
    BlasAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int unpacked) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.biases = biases;
        int width = COLUMNS;
        while (width > FEWEST_COLUMNS && !fits(FEWEST_ROWS, width, unpacked)) {
            width /= 2;
        }
        int columns = Math.min(outputs, width);
        this.rows = IntStream.of(ROWS)
                .filter(rows -> fits(rows, columns, unpacked) && agrees(rows, columns))
                .findFirst()
                .orElse(1);
        this.columns = rows > 1 ? columns : Math.min(outputs, Math.max(1, MOST_WEIGHTS / inputs));
        this.panels = rows > 1 ? panels(weights.data) : turned(weights.data);
    }

    private boolean fits(int rows, int columns, int unpacked) {
        return (long) rows * columns * inputs <= unpacked;
    }

    /** Whether blocks, full and not, have the bits that their rows have alone, in a full panel and in the last. */
    private boolean agrees(int rows, int columns) {
        int rest = outputs % columns;
        return agreesInPanel(rows, columns) && (rest == 0 || agreesInPanel(rows, rest));
    }

    private boolean agreesInPanel(int most, int columns) {
        float[] panel = numbers(inputs * columns);
        float[] x = numbers(most * inputs);
        float[] start = numbers(most * columns);
        float[] alone = start.clone();
        for (int row = 0; row < most; row++) {
            add(1, columns, panel, 0, x, row * inputs, alone, row * columns, columns);
        }
        for (int rows = 2; rows < most; rows += rows < KERNEL_ROWS ? 1 : KERNEL_ROWS - 1) {
            if (!agrees(rows, columns, panel, x, start.clone(), alone)) {
                return false;
            }
        }
        return agrees(most, columns, panel, x, start, alone);
    }

    private boolean agrees(int rows, int columns, float[] panel, float[] x, float[] together, float[] alone) {
        add(rows, columns, panel, 0, x, 0, together, 0, columns);
        return Arrays.equals(alone, 0, rows * columns, together, 0, rows * columns);
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        Shapes.checkAffine(x, inputs, y, outputs);
        Kernels.fillRows(biases, y, null);
        int count = (outputs + columns - 1) / columns;
        boolean backwards = count > 1 && alternate();
        for (int i = 0; i < count; i++) {
            int column = columns * (backwards ? count - 1 - i : i);
            addPanel(column, Math.min(columns, outputs - column), x.numRows, x.data, y.data);
        }
    }

    /** Backwards every other time; several threads at once may all hear the same, which is no worse than no turns. */
    private boolean alternate() {
        wasBackwards = !wasBackwards;
        return wasBackwards;
    }

    /** Adds the product with one panel to its columns of Y. */
    private void addPanel(int column, int columns, int count, float[] x, float[] y) {
        int at = column * inputs;
        for (int row = 0; row < count; row += rows) {
            int xAt = row * inputs;
            int yAt = row * outputs + column;
            if (rows == 1) {
                blas.sgemv("T", inputs, columns, 1f, panels, at, inputs, x, xAt, 1, 1f, y, yAt, 1);
            } else {
                add(Math.min(rows, count - row), columns, panels, at, x, xAt, y, yAt, outputs);
            }
        }
    }

    private void add(int rows, int columns, float[] panels, int at, float[] x, int xAt, float[] y, int yAt, int yLead) {
        blas.sgemm("N", "N", columns, rows, inputs, 1f, panels, at, columns, x, xAt, inputs, 1f, y, yAt, yLead);
    }

    /** Columns {@code columns} at a time, each panel [inputs x columns]. */
    private float[] panels(float[] weights) {
        float[] panels = new float[weights.length];
        int at = 0;
        for (int column = 0; column < outputs; column += columns) {
            int width = Math.min(columns, outputs - column);
            for (int input = 0; input < inputs; input++, at += width) {
                System.arraycopy(weights, input * outputs + column, panels, at, width);
            }
        }
        return panels;
    }

    private float[] turned(float[] straight) {
        float[] turned = new float[straight.length];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                turned[j * inputs + i] = straight[i * outputs + j];
            }
        }
        return turned;
    }

    /** Some numbers of both signs and of all sizes from 0.001 to 1, not soon repeated. */
    static float[] numbers(int count) {
        float[] numbers = new float[count];
        long state = count;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
            float number = (state >> 40) * 0x1p-23f;
            numbers[i] = number * Math.abs(number);
        }
        return numbers;
    }
}
