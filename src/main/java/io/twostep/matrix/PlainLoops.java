package io.twostep.matrix;

/** Products straight on the matrices' arrays: for small ones and for single rows and columns. */
final class PlainLoops {

    private PlainLoops() {}

    /**
     * Adds to row i of C the sum over p of A(i, p) times row p of B.
     *
     * @param aAt where A(0, 0) stands in {@code a}
     * @param aRow distance from A(i, p) to A(i + 1, p)
     * @param aColumn distance from A(i, p) to A(i, p + 1)
     * @param b [k x n], its rows {@code bRow} apart
     * @param c [m x n], its rows {@code cRow} apart, read and written
     */
    static void scaledRows(
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
            float[] c,
            int cAt,
            int cRow) {
        for (int i = 0; i < m; i++) {
            int at = aAt + i * aRow;
            int row = cAt + i * cRow;
            int p = 0;
            for (; p + 4 <= k; p += 4, at += 4 * aColumn) {
                addFourRows(a, at, aColumn, b, bAt + p * bRow, bRow, c, row, n);
            }
            for (; p < k; p++, at += aColumn) {
                addRow(a[at], b, bAt + p * bRow, c, row, n);
            }
        }
    }

    /** Four rows at a time, so that C is read and written a quarter as often. */
    private static void addFourRows(
            float[] a, int at, int step, float[] b, int b0, int bRow, float[] c, int row, int n) {
        float a0 = a[at];
        float a1 = a[at + step];
        float a2 = a[at + 2 * step];
        float a3 = a[at + 3 * step];
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        for (int j = 0; j < n; j++) {
            c[row + j] = c[row + j] + a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
        }
    }

    private static void addRow(float factor, float[] b, int from, float[] c, int row, int n) {
        for (int j = 0; j < n; j++) {
            c[row + j] += factor * b[from + j];
        }
    }

    /**
     * Adds to c(i) the product of column i of A with b.
     *
     * @param a [k x m], its rows {@code aRow} apart
     * @param b k numbers
     * @param c m numbers, read and written
     */
    static void columnProducts(int m, int k, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            fourColumns(k, a, aAt + i, aRow, b, bAt, c, cAt + i);
        }
        for (; i < m; i++) {
            float sum = c[cAt + i];
            for (int p = 0; p < k; p++) {
                sum += a[aAt + i + p * aRow] * b[bAt + p];
            }
            c[cAt + i] = sum;
        }
    }

    private static void fourColumns(int k, float[] a, int column, int aRow, float[] b, int bAt, float[] c, int at) {
        float s0 = c[at];
        float s1 = c[at + 1];
        float s2 = c[at + 2];
        float s3 = c[at + 3];
        for (int p = 0; p < k; p++) {
            int row = column + p * aRow;
            float factor = b[bAt + p];
            s0 += a[row] * factor;
            s1 += a[row + 1] * factor;
            s2 += a[row + 2] * factor;
            s3 += a[row + 3] * factor;
        }
        c[at] = s0;
        c[at + 1] = s1;
        c[at + 2] = s2;
        c[at + 3] = s3;
    }

    /**
     * Adds to C(i, j) the product of row i of A with row j of B.
     *
     * @param a [m x k], its rows {@code aRow} apart
     * @param b [n x k], its rows {@code bRow} apart
     * @param c [m x n], its rows {@code cRow} apart, read and written
     */
    static void dotProducts(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        for (int i = 0; i < m; i++) {
            int row = aAt + i * aRow;
            int at = cAt + i * cRow;
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                fourDots(k, a, row, b, bAt + j * bRow, bRow, c, at + j);
            }
            for (; j < n; j++) {
                c[at + j] = dot(k, a, row, b, bAt + j * bRow, c[at + j]);
            }
        }
    }

    /** Four sums side by side, none of which waits for another. */
    private static void fourDots(int k, float[] a, int row, float[] b, int b0, int bRow, float[] c, int at) {
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        float s0 = c[at];
        float s1 = c[at + 1];
        float s2 = c[at + 2];
        float s3 = c[at + 3];
        for (int p = 0; p < k; p++) {
            float factor = a[row + p];
            s0 += factor * b[b0 + p];
            s1 += factor * b[b1 + p];
            s2 += factor * b[b2 + p];
            s3 += factor * b[b3 + p];
        }
        c[at] = s0;
        c[at + 1] = s1;
        c[at + 2] = s2;
        c[at + 3] = s3;
    }

    private static float dot(int k, float[] a, int row, float[] b, int from, float start) {
        float sum = start;
        for (int p = 0; p < k; p++) {
            sum += a[row + p] * b[from + p];
        }
        return sum;
    }
}
