package io.twostep.matrix;

import java.util.Arrays;

/**
 * Large products through blocks of B that stay in the cache.
 *
 * <p>Rows of B and of C are copied into arrays of their own because only then do all indices of the innermost loop run
 * equally, from zero: up to Java 25 the compiler vectorises no loop whose arrays are read at offsets it cannot compare.
 * That is worth a factor of five.
 */
final class PackedLoops {

    /** 32 x 512 floats are 64 KB, read again for every row of A. */
    private static final int DEPTH = 32;

    private static final int COLUMNS = 512;

    private static final ThreadLocal<PackedLoops> SCRATCH = ThreadLocal.withInitial(PackedLoops::new);

    private final float[][] block = new float[DEPTH][COLUMNS];
    private final float[] sums = new float[COLUMNS];

    private PackedLoops() {}

    /**
     * C(i, j) = the sum over p of A(i, p) B(p, j), where A(i, p) stands at {@code i * aRow + p * aDepth} of {@code a}
     * and B(p, j) at {@code p * bDepth + j * bColumn} of {@code b}.
     *
     * @param c [m x n] row by row, written
     */
    static void product(Shape shape, float[] a, int aRow, int aDepth, float[] b, int bDepth, int bColumn, float[] c) {
        PackedLoops scratch = SCRATCH.get();
        int n = shape.n();
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            for (int p = 0; p < shape.k(); p += DEPTH) {
                int depth = Math.min(DEPTH, shape.k() - p);
                scratch.pack(b, p * bDepth + j * bColumn, bDepth, bColumn, depth, columns);
                for (int i = 0; i < shape.m(); i++) {
                    scratch.addBlock(a, i * aRow + p * aDepth, aDepth, depth, c, i * n + j, columns, p == 0);
                }
            }
        }
    }

    private void pack(float[] b, int at, int bDepth, int bColumn, int depth, int columns) {
        if (bColumn == 1) {
            for (int p = 0; p < depth; p++) {
                System.arraycopy(b, at + p * bDepth, block[p], 0, columns);
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            int column = at + j * bColumn;
            for (int p = 0; p < depth; p++) {
                block[p][j] = b[column + p * bDepth];
            }
        }
    }

    /** Adds to one row of C, or starts it. */
    private void addBlock(float[] a, int at, int aDepth, int depth, float[] c, int row, int columns, boolean first) {
        if (first) {
            Arrays.fill(sums, 0, columns, 0f);
        } else {
            System.arraycopy(c, row, sums, 0, columns);
        }
        int p = 0;
        for (; p + 4 <= depth; p += 4) {
            int next = at + p * aDepth;
            addFour(
                    a[next],
                    block[p],
                    a[next + aDepth],
                    block[p + 1],
                    a[next + 2 * aDepth],
                    block[p + 2],
                    a[next + 3 * aDepth],
                    block[p + 3],
                    sums,
                    columns);
        }
        for (; p < depth; p++) {
            add(a[at + p * aDepth], block[p], sums, columns);
        }
        System.arraycopy(sums, 0, c, row, columns);
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

    private static void add(float factor, float[] b, float[] sums, int columns) {
        for (int j = 0; j < columns; j++) {
            sums[j] += factor * b[j];
        }
    }
}
