package io.twostep.matrix;

/**
 * Large products through blocks of B that stay in the cache, their rows copied into {@link ScaledRows arrays of their
 * own}.
 */
final class PackedLoops {

    /** 32 x 512 floats are 64 KB, read again for every row of A. */
    static final int DEPTH = 32;

    static final int COLUMNS = 512;

    private static final ThreadLocal<PackedLoops> SCRATCH = ThreadLocal.withInitial(PackedLoops::new);

    private final float[][] block = new float[DEPTH][COLUMNS];
    private final float[] sums = new float[COLUMNS];

    private PackedLoops() {}

    /**
     * Adds to C(i, j) the sum over p of A(i, p) B(p, j).
     *
     * @param aAt where A(0, 0) stands in {@code a}
     * @param aRow distance from A(i, p) to A(i + 1, p)
     * @param aColumn distance from A(i, p) to A(i, p + 1)
     * @param b as {@code a}
     * @param c [m x n], its rows {@code cRow} apart, read and written
     */
    static void product(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            int bColumn,
            float[] c,
            int cAt,
            int cRow) {
        PackedLoops scratch = SCRATCH.get();
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            for (int p = 0; p < k; p += DEPTH) {
                int depth = Math.min(DEPTH, k - p);
                scratch.pack(b, bAt + p * bRow + j * bColumn, bRow, bColumn, depth, columns);
                for (int i = 0; i < m; i++) {
                    scratch.addBlock(a, aAt + i * aRow + p * aColumn, aColumn, depth, c, cAt + i * cRow + j, columns);
                }
            }
        }
    }

    private void pack(float[] b, int at, int row, int column, int depth, int columns) {
        if (column == 1) {
            for (int p = 0; p < depth; p++) {
                System.arraycopy(b, at + p * row, block[p], 0, columns);
            }
            return;
        }
        for (int j = 0; j < columns; j++) {
            int top = at + j * column;
            for (int p = 0; p < depth; p++) {
                block[p][j] = b[top + p * row];
            }
        }
    }

    /** Adds some terms to one row of C. */
    private void addBlock(float[] a, int at, int step, int depth, float[] c, int rowOfC, int columns) {
        System.arraycopy(c, rowOfC, sums, 0, columns);
        ScaledRows.add(a, at, step, block, 0, depth, sums, columns);
        System.arraycopy(sums, 0, c, rowOfC, columns);
    }
}
