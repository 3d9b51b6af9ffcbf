package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The affine map in a native BLAS. The library makes the sums of a product in an order that depends on its size, and
 * does not tell which sizes are alike. So the sizes are chosen by trial: the largest blocks of rows that have the bits
 * which their rows have alone; where there are none, one row after another.
 *
 * <p>Of large layers W' is tried first: with it a single row takes 9 µs instead of 11 (784 x 256, Zen 4), four rows 15
 * instead of 14.
 */
final class BlasAffine implements Affine {

    /** The weights from which on they are tried turned first. */
    private static final int TURNED_FROM = 1 << 13;

    private static final int FEWEST_ROWS = 4;

    private static final int[] BLOCKS = {256, 64, 16, FEWEST_ROWS};

    /** The native kernels make at most this many columns at once; other numbers have other sums at their end. */
    private static final int COLUMNS = 64;

    /** The most weights of a call for one row, which takes some 3 ms where they come from memory. */
    private static final int MOST_WEIGHTS = 1 << 22;

    /**
     * How the library is asked.
     *
     * @param turned whether it gets W'
     * @param rows the most of a call
     * @param columns the most of a call
     */
    private record Form(boolean turned, int rows, int columns) {}

    private final BLAS blas;
    private final int inputs;
    private final int outputs;
    private final FMatrixRMaj biases;
    private final Form form;
    private final float[] weights;

    /** @param unpacked the most multiplications of a product that the library makes without packing; 0 if it always packs */
    BlasAffine(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int unpacked) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.outputs = weights.numCols;
        this.biases = biases.copy();
        float[] straight = Arrays.copyOf(weights.data, inputs * outputs);
        float[] turned = turned(straight);
        this.form = forms(unpacked)
                .filter(form -> agrees(form, form.turned ? turned : straight))
                .findFirst()
                .orElseGet(() -> new Form(true, 1, columns(MOST_WEIGHTS, 1)));
        this.weights = form.turned ? turned : straight;
    }

    @Override
    public void apply(FMatrixRMaj x, FMatrixRMaj y) {
        if (x.numCols != inputs || y.numCols != outputs || x.numRows != y.numRows) {
            throw new IllegalArgumentException("shapes do not fit Y = XW + 1b: X is " + Shapes.text(x) + ", Y is "
                    + Shapes.text(y) + ", W is [" + inputs + " x " + outputs + "]");
        }
        Kernels.fillRows(biases, y, null);
        for (int column = 0; column < outputs; column += form.columns) {
            for (int row = 0; row < x.numRows; row += form.rows) {
                add(form, weights, row, Math.min(form.rows, x.numRows - row), column, x.data, y.data);
            }
        }
    }

    /** Adds XW to some rows of Y, from {@code row} on, and to as many columns as a call may make. */
    private void add(Form form, float[] weights, int row, int rows, int column, float[] x, float[] y) {
        int columns = Math.min(form.columns, outputs - column);
        int at = form.turned ? column * inputs : column;
        int lead = form.turned ? inputs : outputs;
        int xAt = row * inputs;
        int yAt = row * outputs + column;
        if (form.rows == 1) {
            blas.sgemv("T", inputs, columns, 1f, weights, at, lead, x, xAt, 1, 1f, y, yAt, 1);
        } else {
            String order = form.turned ? "T" : "N";
            blas.sgemm(order, "N", columns, rows, inputs, 1f, weights, at, lead, x, xAt, inputs, 1f, y, yAt, outputs);
        }
    }

    /** All columns in one call, or else, of wide layers, the fewest rows. */
    private Stream<Form> forms(int unpacked) {
        return Stream.of(inputs * outputs >= TURNED_FROM, inputs * outputs < TURNED_FROM)
                .flatMap(turned -> IntStream.of(BLOCKS)
                        .mapToObj(rows -> new Form(turned, rows, columns(unpacked, rows)))
                        .filter(form -> form.columns == outputs || (form.rows == FEWEST_ROWS && form.columns > 0)));
    }

    /** The most columns of so many rows that stay within so many multiplications; 0 if those are too few for a call. */
    private int columns(int multiplications, int rows) {
        int fit = multiplications / rows / inputs;
        return fit >= outputs ? outputs : fit / COLUMNS * COLUMNS;
    }

    /** Whether blocks of every size up to that of the form have the bits that their rows have alone. */
    private boolean agrees(Form form, float[] weights) {
        float[] x = numbers(form.rows * inputs);
        float[] alone = new float[form.rows * outputs];
        float[] together = new float[form.rows * outputs];
        for (int column = 0; column < outputs; column += form.columns) {
            for (int row = 0; row < form.rows; row++) {
                add(form, weights, row, 1, column, x, alone);
            }
        }
        for (int rows = 2; rows <= form.rows; rows++) {
            Arrays.fill(together, 0);
            for (int column = 0; column < outputs; column += form.columns) {
                add(form, weights, 0, rows, column, x, together);
            }
            if (!Arrays.equals(alone, 0, rows * outputs, together, 0, rows * outputs)) {
                return false;
            }
        }
        return true;
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

    /** Some numbers of both signs, none like another. */
    static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        return numbers;
    }
}
