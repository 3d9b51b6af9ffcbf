package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * Adds multiples of rows to a row of sums, one term after another. Four rows at a time, so that the sums are read and
 * written a quarter as often.
 *
 * <p>Each row is an array of its own, because only then do all indices of the innermost loop run equally, from zero: up to
 * Java 25 the compiler vectorises no loop whose arrays are read at offsets it cannot compare. That is worth a factor of
 * five.
 */
final class ScaledRows {

    /** Of an array and of its place in an array of arrays, in numbers of four bytes. */
    private static final int HEADER = 6;

    private ScaledRows() {}

    /**
     * Some columns of a matrix, row by row.
     *
     * @param first of the columns
     */
    static float[][] of(FMatrixRMaj matrix, int first, int columns) {
        float[][] rows = new float[matrix.numRows][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(matrix.data, i * matrix.numCols + first, rows[i], 0, columns);
        }
        return rows;
    }

    /** How many numbers of four bytes a matrix takes, so many columns at a time: each row has a header. */
    static long numbers(int rows, int columns, int together) {
        long panels = ((long) columns + together - 1) / together;
        return rows * (columns + HEADER * panels);
    }

    /**
     * Rounds each product before it is added.
     *
     * @param factors one for each row, {@code step} apart
     * @param at where the first stands
     * @param from the first row to be added
     * @param to behind the last
     * @param sums of which {@code columns} are read and written
     */
    static void add(float[] factors, int at, int step, float[][] rows, int from, int to, float[] sums, int columns) {
        int row = from;
        int next = at;
        for (; row + 4 <= to; row += 4, next += 4 * step) {
            addFour(
                    factors[next],
                    rows[row],
                    factors[next + step],
                    rows[row + 1],
                    factors[next + 2 * step],
                    rows[row + 2],
                    factors[next + 3 * step],
                    rows[row + 3],
                    sums,
                    columns);
        }
        for (; row < to; row++, next += step) {
            addOne(factors[next], rows[row], sums, columns);
        }
    }

    /**
     * Rounds each product and its addition once, together.
     *
     * @param factors one for each row that is added
     * @param places where they stand among the rows
     * @param count how many are added
     * @param sums of which {@code columns} are read and written
     */
    static void fuse(float[] factors, float[][] rows, int[] places, int count, float[] sums, int columns) {
        int row = 0;
        for (; row + 4 <= count; row += 4) {
            fuseFour(
                    factors[row],
                    rows[places[row]],
                    factors[row + 1],
                    rows[places[row + 1]],
                    factors[row + 2],
                    rows[places[row + 2]],
                    factors[row + 3],
                    rows[places[row + 3]],
                    sums,
                    columns);
        }
        for (; row < count; row++) {
            fuseOne(factors[row], rows[places[row]], sums, columns);
        }
    }

    private static void addFour(
            float a0,
            float[] b0,
            float a1,
            float[] b1,
            float a2,
            float[] b2,
            float a3,
            float[] b3,
            float[] sums,
            int columns) {
        for (int j = 0; j < columns; j++) {
            sums[j] = sums[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
        }
    }

    private static void addOne(float factor, float[] b, float[] sums, int columns) {
        for (int j = 0; j < columns; j++) {
            sums[j] += factor * b[j];
        }
    }

    private static void fuseFour(
            float a0,
            float[] b0,
            float a1,
            float[] b1,
            float a2,
            float[] b2,
            float a3,
            float[] b3,
            float[] sums,
            int columns) {
        for (int j = 0; j < columns; j++) {
            float two = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]));
            sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], two));
        }
    }

    private static void fuseOne(float factor, float[] b, float[] sums, int columns) {
        for (int j = 0; j < columns; j++) {
            sums[j] = Math.fma(factor, b[j], sums[j]);
        }
    }
}
