package io.twostep.matrix;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer does to matrices besides multiplying them. Nothing is allocated, every sum has a fixed order, and no
 * result depends on the arithmetic chosen: the same bits everywhere.
 *
 * <p>Every method throws {@link IllegalArgumentException}, naming the shapes, if they do not fit.
 */
public final class Kernels {

    /** Numbers that a loop copies faster than the system does. */
    private static final int SHORT = 8;

    /** So many short rows stay in the cache while they are gathered. */
    private static final int TOGETHER = 256;

    private Kernels() {}

    /**
     * Makes every row the same.
     *
     * @param row [1 x n], read
     * @param x [m x n], written
     * @param tile the part of x to write; null for all
     */
    public static void fillRows(FMatrixRMaj row, FMatrixRMaj x, @Nullable Tile tile) {
        int n = x.numCols;
        Shapes.check(row.numRows == 1 && row.numCols == n && (tile == null || tile.fits(x.numRows, n)), x, row);
        if (tile == null) {
            repeat(row, x);
            return;
        }
        for (int i = tile.row(); i < tile.row() + tile.rows(); i++) {
            System.arraycopy(row.data, tile.column(), x.data, i * n + tile.column(), tile.columns());
        }
    }

    /** Doubles what is there until all is: a copy costs as much as some ten numbers. */
    private static void repeat(FMatrixRMaj row, FMatrixRMaj x) {
        int size = x.getNumElements();
        int done = Math.min(size, row.numCols);
        System.arraycopy(row.data, 0, x.data, 0, done);
        while (done < size) {
            int more = Math.min(done, size - done);
            System.arraycopy(x.data, 0, x.data, done, more);
            done += more;
        }
    }

    /**
     * Multiplies number by number.
     *
     * @param x [m x n], read and written
     * @param factor [m x n], read
     * @param tile the part of both; null for all
     */
    public static void multiplyElements(FMatrixRMaj x, FMatrixRMaj factor, @Nullable Tile tile) {
        int n = x.numCols;
        Shapes.check(x.numRows == factor.numRows && n == factor.numCols, x, factor);
        if (tile == null) {
            multiply(x.data, factor.data, 0, x.getNumElements());
            return;
        }
        Shapes.checkTile(tile, x);
        for (int i = tile.row(); i < tile.row() + tile.rows(); i++) {
            int from = i * n + tile.column();
            multiply(x.data, factor.data, from, from + tile.columns());
        }
    }

    private static void multiply(float[] values, float[] factors, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] *= factors[i];
        }
    }

    /**
     * Multiplies each row by a number of its own.
     *
     * @param x [m x n], read and written
     * @param factors [m x 1], read
     */
    public static void scaleRows(FMatrixRMaj x, FMatrixRMaj factors) {
        int n = x.numCols;
        Shapes.check(x.numRows == factors.numRows && factors.numCols == 1, x, factors);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = i * n; j < (i + 1) * n; j++) {
                x.data[j] *= factors.data[i];
            }
        }
    }

    /**
     * Subtracts number by number: {@code result = x - y}.
     *
     * @param x [m x n], read
     * @param y [m x n], read
     * @param result [m x n], written
     */
    public static void subtract(FMatrixRMaj x, FMatrixRMaj y, FMatrixRMaj result) {
        Shapes.check(x.numRows == y.numRows && x.numCols == y.numCols, x, y);
        Shapes.check(x.numRows == result.numRows && x.numCols == result.numCols, x, result);
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            result.data[i] = x.data[i] - y.data[i];
        }
    }

    /**
     * Adds number by number: {@code result = x + y}.
     *
     * @param x [m x n], read
     * @param y [m x n], read
     * @param result [m x n], written
     */
    public static void add(FMatrixRMaj x, FMatrixRMaj y, FMatrixRMaj result) {
        Shapes.check(x.numRows == y.numRows && x.numCols == y.numCols, x, y);
        Shapes.check(x.numRows == result.numRows && x.numCols == result.numCols, x, result);
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            result.data[i] = x.data[i] + y.data[i];
        }
    }

    /**
     * Adds products number by number: {@code x + y factor}.
     *
     * @param x [m x n], read and written
     * @param y [m x n], read
     * @param factor [m x n], read; null where all are 1
     */
    public static void addProducts(FMatrixRMaj x, FMatrixRMaj y, @Nullable FMatrixRMaj factor) {
        if (factor == null) {
            add(x, y, x);
            return;
        }
        Shapes.check(x.numRows == y.numRows && x.numCols == y.numCols, x, y);
        Shapes.check(x.numRows == factor.numRows && x.numCols == factor.numCols, x, factor);
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            x.data[i] += y.data[i] * factor.data[i];
        }
    }

    /**
     * Multiplies every number by the same one.
     *
     * @param x [m x n], read and written
     */
    public static void scale(FMatrixRMaj x, float factor) {
        float[] values = x.data;
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            values[i] *= factor;
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
        Shapes.check(batch.numCols == n, source, batch);
        if (from < 0 || from > rows.length - batch.numRows) {
            throw new IllegalArgumentException(
                    "no " + batch.numRows + " rows from place " + from + " among " + rows.length);
        }
        for (int i = from; i < from + batch.numRows; i++) {
            if (rows[i] < 0 || rows[i] >= source.numRows) {
                throw new IllegalArgumentException("no row " + rows[i] + " in " + Shapes.text(source));
            }
        }
        if (n < SHORT) {
            for (int i = 0; i < batch.numRows; i += TOGETHER) {
                gatherColumns(source.data, n, rows, from + i, batch.data, i, Math.min(TOGETHER, batch.numRows - i));
            }
        } else {
            for (int i = 0; i < batch.numRows; i++) {
                System.arraycopy(source.data, rows[from + i] * n, batch.data, i * n, n);
            }
        }
    }

    /** A few long loops take less time than many short ones. */
    private static void gatherColumns(float[] source, int n, int[] rows, int from, float[] batch, int row, int count) {
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < count; i++) {
                batch[(row + i) * n + j] = source[rows[from + i] * n + j];
            }
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
        Shapes.check(target.numCols == n && from >= 0 && from <= source.numRows - target.numRows, source, target);
        System.arraycopy(source.data, from * n, target.data, 0, target.getNumElements());
    }

    /** The sum of the squares of all numbers of x, as {@link #dot} makes it. */
    public static double squaredNorm(FMatrixRMaj x) {
        return squaredNorm(x.data, 0, x.getNumElements());
    }

    /** The same for the numbers {@code from} to before {@code to}. */
    public static double squaredNorm(float[] values, int from, int to) {
        return dot(values, values, from, to);
    }

    /**
     * The sum of {@code x[i] y[i]} from {@code from} to before {@code to}, in double precision: four running sums, added at
     * the end.
     */
    public static double dot(float[] x, float[] y, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += (double) x[i] * y[i];
            s1 += (double) x[i + 1] * y[i + 1];
            s2 += (double) x[i + 2] * y[i + 2];
            s3 += (double) x[i + 3] * y[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Adds a multiple: {@code x = x + factor y}, each number rounded once.
     *
     * @param x changed from {@code from} to before {@code to}
     * @param y read at the same places
     */
    public static void add(float[] x, double factor, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] = (float) (x[i] + factor * y[i]);
        }
    }

    /** The largest size of a number of x; not-a-number if one is. */
    public static double largest(FMatrixRMaj x) {
        float largest = 0;
        int size = x.getNumElements();
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(x.data[i]));
        }
        return largest;
    }

    /**
     * Shortens every column that is longer than a bound to just that length (Euclidean).
     *
     * @param x [m x n], read and written
     * @param columns whose columns are looked at, over all rows
     * @param scratch overwritten; so many columns are looked at together as it has numbers
     */
    public static void boundColumns(FMatrixRMaj x, double most, Tile columns, double[] scratch) {
        Shapes.checkTile(columns, x);
        int end = columns.column() + columns.columns();
        for (int from = columns.column(); from < end; from += scratch.length) {
            boundColumns(x, most, from, Math.min(end, from + scratch.length), scratch);
        }
    }

    private static void boundColumns(FMatrixRMaj x, double most, int from, int to, double[] scratch) {
        int n = x.numCols;
        Arrays.fill(scratch, 0);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = from; j < to; j++) {
                double value = x.data[i * n + j];
                scratch[j - from] += value * value;
            }
        }
        boolean tooLong = false;
        for (int j = 0; j < to - from; j++) {
            double length = Math.sqrt(scratch[j]);
            tooLong |= length > most;
            scratch[j] = length > most ? most / length : 1;
        }
        for (int i = 0; tooLong && i < x.numRows; i++) {
            for (int j = from; j < to; j++) {
                x.data[i * n + j] *= (float) scratch[j - from];
            }
        }
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
}
