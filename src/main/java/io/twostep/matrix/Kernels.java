package io.twostep.matrix;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * What a trainer does to matrices besides multiplying them. Nothing is allocated, every sum has a fixed order, and no
 * result depends on the arithmetic chosen: the same bits everywhere.
 *
 * <p>Every method throws {@link IllegalArgumentException}, naming the shapes, if they do not fit.
 */
public final class Kernels {

    private Kernels() {}

    /**
     * Adds the same row to every row.
     *
     * @param x [m x n], read and written
     * @param row [1 x n], read
     */
    public static void addRow(FMatrixRMaj x, FMatrixRMaj row) {
        int n = x.numCols;
        check(row.numRows == 1 && row.numCols == n, x, row);
        float[] values = x.data;
        float[] added = row.data;
        for (int i = 0, at = 0; i < x.numRows; i++, at += n) {
            for (int j = 0; j < n; j++) {
                values[at + j] += added[j];
            }
        }
    }

    /**
     * Sums each column, four rows at a time from the top.
     *
     * @param x [m x n], read
     * @param sums [1 x n], written
     */
    public static void columnSums(FMatrixRMaj x, FMatrixRMaj sums) {
        int n = x.numCols;
        check(sums.numRows == 1 && sums.numCols == n, x, sums);
        float[] values = x.data;
        float[] total = sums.data;
        Arrays.fill(total, 0, n, 0f);
        int i = 0;
        for (; i + 4 <= x.numRows; i += 4) {
            int first = i * n;
            int second = first + n;
            int third = second + n;
            int fourth = third + n;
            for (int j = 0; j < n; j++) {
                total[j] += (values[first + j] + values[second + j]) + (values[third + j] + values[fourth + j]);
            }
        }
        for (; i < x.numRows; i++) {
            for (int j = 0; j < n; j++) {
                total[j] += values[i * n + j];
            }
        }
    }

    /**
     * Multiplies number by number.
     *
     * @param x [m x n], read and written
     * @param factor [m x n], read
     */
    public static void multiplyElements(FMatrixRMaj x, FMatrixRMaj factor) {
        check(x.numRows == factor.numRows && x.numCols == factor.numCols, x, factor);
        float[] values = x.data;
        float[] factors = factor.data;
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            values[i] *= factors[i];
        }
    }

    /**
     * Makes a batch: row i of it is row {@code rows[from + i]} of the source.
     *
     * @param source [m x n], read
     * @param rows the numbers of the rows, each from 0 to m - 1
     * @param from the place in {@code rows} of the first one
     * @param batch [any x n], written; as many rows are gathered as it has
     */
    public static void gatherRows(FMatrixRMaj source, int[] rows, int from, FMatrixRMaj batch) {
        int n = source.numCols;
        check(batch.numCols == n, source, batch);
        if (from < 0 || from > rows.length - batch.numRows) {
            throw new IllegalArgumentException(
                    "no " + batch.numRows + " rows from place " + from + " among " + rows.length);
        }
        for (int i = 0; i < batch.numRows; i++) {
            int row = rows[from + i];
            if (row < 0 || row >= source.numRows) {
                throw new IllegalArgumentException("no row " + row + " in " + Shape.text(source));
            }
            System.arraycopy(source.data, row * n, batch.data, i * n, n);
        }
    }

    /**
     * Copies a run of rows.
     *
     * @param source [m x n], read
     * @param from the first row copied
     * @param target [any x n], written; as many rows are copied as it has
     */
    public static void copyRows(FMatrixRMaj source, int from, FMatrixRMaj target) {
        int n = source.numCols;
        check(target.numCols == n && from >= 0 && from <= source.numRows - target.numRows, source, target);
        System.arraycopy(source.data, from * n, target.data, 0, target.getNumElements());
    }

    /** The sum of the squares of all numbers of x, in double precision: four running sums, added at the end. */
    public static double squaredNorm(FMatrixRMaj x) {
        float[] values = x.data;
        int size = x.getNumElements();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            s0 += (double) values[i] * values[i];
            s1 += (double) values[i + 1] * values[i + 1];
            s2 += (double) values[i + 2] * values[i + 2];
            s3 += (double) values[i + 3] * values[i + 3];
        }
        for (; i < size; i++) {
            s0 += (double) values[i] * values[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Whether x holds neither an infinity nor not-a-number. */
    public static boolean allFinite(FMatrixRMaj x) {
        float[] values = x.data;
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean fits, FMatrixRMaj one, FMatrixRMaj other) {
        if (!fits) {
            throw new IllegalArgumentException("shapes do not fit: " + Shape.text(one) + " and " + Shape.text(other));
        }
    }
}
