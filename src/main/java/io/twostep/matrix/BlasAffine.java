package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The affine map in a native BLAS. The library makes the sums of a product in an order that depends on its size, and
 * does not tell which sizes are alike. So the sizes are chosen by trial, the same for all layers of one shape: blocks of
 * rows that have the bits which their rows have alone; where none have, one row after another.
 *
 * <p>Of large layers W' is tried first: with it a single row takes 8.2 µs instead of 10.9, and one of many 3.8 µs instead
 * of 3.6 (784 x 256, Zen 4).
 */
final class BlasAffine implements Affine {

    /** The native kernels make at most this many columns at once; blocks of as many stay in the cache. */
    private static final int COLUMNS = 64;

    /** What suits the kernels still, where rows are very long. */
    private static final int FEWEST_COLUMNS = 16;

    /** Rows of a block, to be tried. */
    private static final int[] ROWS = {256, 128, 64, 32, 16, 8, 4};

    private static final int FEWEST_ROWS = 4;

    /** More rows than any native kernel makes at once. */
    private static final int KERNEL_ROWS = 20;

    /** The weights from which on they are tried turned first. */
    private static final int TURNED_FROM = 1 << 13;

    /** The most weights of a call for one row, which takes some 3 ms where they come from memory. */
    private static final int MOST_WEIGHTS = 1 << 22;

    /**
     * How the library is asked.
     *
     * @param turned whether it gets W'
     * @param rows of a block; 1 where rows go one after another
     * @param columns of a block
     * @param columnsAlone the most columns of a row that is alone
     */
    private record Form(boolean turned, int rows, int columns, int columnsAlone) {}

    private final BLAS blas;
    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;
    private final Form form;
    private final float[] weights;

    /**
     * Chooses the form.
     *
     * @param weights must not change any more
     * @param unpacked the most multiplications of a product that the library makes without packing; 0 if it always
     *     packs, which a single row does not bear: then all rows are asked for one by one
     */
    BlasAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int unpacked) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.biases = biases;
        if (biases.numRows != 1 || biases.numCols != outputs) {
            throw new IllegalArgumentException(
                    "biases " + Shapes.text(biases) + " do not fit weights " + Shapes.text(weights));
        }
        this.form = form(unpacked);
        this.weights = form.turned ? turned(weights.data) : weights.data;
    }

    private Form form(int unpacked) {
        float[] straight = numbers(inputs * outputs);
        for (boolean turned : new boolean[] {isLarge(), !isLarge()}) {
            float[] trial = turned ? turned(straight) : straight;
            Optional<Form> found =
                    forms(turned, unpacked).filter(form -> agrees(form, trial)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new Form(true, 1, 0, columns(MOST_WEIGHTS));
    }

    private boolean isLarge() {
        return (long) inputs * outputs >= TURNED_FROM;
    }

    private Stream<Form> forms(boolean turned, int unpacked) {
        int widest = COLUMNS;
        while (widest > FEWEST_COLUMNS && (long) widest * FEWEST_ROWS * inputs > unpacked) {
            widest /= 2;
        }
        int columns = Math.min(outputs, widest);
        return IntStream.of(ROWS)
                .filter(rows -> (long) columns * rows * inputs <= unpacked)
                .mapToObj(rows -> new Form(turned, rows, columns, columns(unpacked)));
    }

    /** The most columns that stay within so many multiplications for a row. */
    private int columns(int multiplications) {
        int fit = multiplications / inputs;
        return fit >= outputs ? outputs : Math.max(FEWEST_COLUMNS, fit / COLUMNS * COLUMNS);
    }

    /** Whether blocks, full and not, have the bits that their rows have alone. */
    private boolean agrees(Form form, float[] weights) {
        float[] x = numbers(form.rows * inputs);
        float[] start = numbers(form.rows * outputs);
        float[] alone = start.clone();
        for (int row = 0; row < form.rows; row++) {
            addAlone(form, weights, row, x, alone);
        }
        for (int rows = 2; rows <= form.rows; rows += rows < KERNEL_ROWS ? 1 : KERNEL_ROWS - 1) {
            if (!agrees(form, weights, rows, x, start.clone(), alone)) {
                return false;
            }
        }
        return agrees(form, weights, form.rows, x, start, alone);
    }

    private boolean agrees(Form form, float[] weights, int rows, float[] x, float[] together, float[] alone) {
        add(form, weights, rows, x, together);
        return Arrays.equals(alone, 0, rows * outputs, together, 0, rows * outputs);
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        if (x.numCols != inputs || y.numCols != outputs || x.numRows != y.numRows) {
            throw new IllegalArgumentException("shapes do not fit Y = XW + 1b: X is " + Shapes.text(x) + ", Y is "
                    + Shapes.text(y) + ", W is [" + inputs + " x " + outputs + "]");
        }
        if (x.data == y.data) {
            throw new IllegalArgumentException("Y = XW + 1b cannot be written over X");
        }
        Kernels.fillRows(biases, y, null);
        add(form, weights, x.numRows, x.data, y.data);
    }

    /** Adds XW to the first rows of Y. */
    private void add(Form form, float[] weights, int rows, float[] x, float[] y) {
        if (rows == 1 || form.rows == 1) {
            for (int row = 0; row < rows; row++) {
                addAlone(form, weights, row, x, y);
            }
            return;
        }
        for (int column = 0; column < outputs; column += form.columns) {
            int columns = Math.min(form.columns, outputs - column);
            for (int row = 0; row < rows; row += form.rows) {
                product(form, weights, row, Math.min(form.rows, rows - row), column, columns, x, y);
            }
        }
    }

    private void addAlone(Form form, float[] weights, int row, float[] x, float[] y) {
        for (int column = 0; column < outputs; column += form.columnsAlone) {
            int columns = Math.min(form.columnsAlone, outputs - column);
            if (form.rows == 1) {
                int yAt = row * outputs + column;
                blas.sgemv(
                        "T", inputs, columns, 1f, weights, column * inputs, inputs, x, row * inputs, 1, 1f, y, yAt, 1);
            } else {
                product(form, weights, row, 1, column, columns, x, y);
            }
        }
    }

    private void product(Form form, float[] weights, int row, int rows, int column, int columns, float[] x, float[] y) {
        String order = form.turned ? "T" : "N";
        int at = form.turned ? column * inputs : column;
        int lead = form.turned ? inputs : outputs;
        int xAt = row * inputs;
        int yAt = row * outputs + column;
        blas.sgemm(order, "N", columns, rows, inputs, 1f, weights, at, lead, x, xAt, inputs, 1f, y, yAt, outputs);
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
