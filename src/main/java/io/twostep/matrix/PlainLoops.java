package io.twostep.matrix;

/** Products straight on the matrices' arrays: for small ones and for single rows and columns. */
final class PlainLoops {

    private PlainLoops() {}

    /**
     * Adds to row i of C the sum over p of A(i, p) times row p of B.
     *
     * @param a [m x k], read
     * @param b [k x n] with its rows in one piece, read
     * @param c [m x n] with its rows in one piece, read and written
     */
    static void scaledRows(int m, int n, int k, Strided a, Strided b, Strided c) {
        int step = a.column();
        for (int i = 0; i < m; i++) {
            int at = a.at() + i * a.row();
            int row = c.at() + i * c.row();
            int p = 0;
            for (; p + 4 <= k; p += 4, at += 4 * step) {
                addFourRows(a.data(), at, step, b.data(), b.at() + p * b.row(), b.row(), c.data(), row, n);
            }
            for (; p < k; p++, at += step) {
                addRow(a.data()[at], b.data(), b.at() + p * b.row(), c.data(), row, n);
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
     * Adds to C(i, j) the product of row i of A with column j of B.
     *
     * @param a [m x k] with its rows in one piece, read
     * @param b [k x n] with its columns in one piece, read
     * @param c [m x n], read and written
     */
    static void dotProducts(int m, int n, int k, Strided a, Strided b, Strided c) {
        for (int i = 0; i < m; i++) {
            int row = a.at() + i * a.row();
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                fourDots(k, a.data(), row, b.from(0, j), c.from(i, j));
            }
            for (; j < n; j++) {
                dot(k, a.data(), row, b.from(0, j), c.from(i, j));
            }
        }
    }

    /** Four sums side by side, none of which waits for another. */
    private static void fourDots(int k, float[] a, int row, Strided columns, Strided c) {
        float[] b = columns.data();
        int b0 = columns.at();
        int b1 = b0 + columns.column();
        int b2 = b1 + columns.column();
        int b3 = b2 + columns.column();
        float[] sums = c.data();
        int at = c.at();
        int next = c.column();
        float s0 = sums[at];
        float s1 = sums[at + next];
        float s2 = sums[at + 2 * next];
        float s3 = sums[at + 3 * next];
        for (int p = 0; p < k; p++) {
            float factor = a[row + p];
            s0 += factor * b[b0 + p];
            s1 += factor * b[b1 + p];
            s2 += factor * b[b2 + p];
            s3 += factor * b[b3 + p];
        }
        sums[at] = s0;
        sums[at + next] = s1;
        sums[at + 2 * next] = s2;
        sums[at + 3 * next] = s3;
    }

    private static void dot(int k, float[] a, int row, Strided column, Strided c) {
        float sum = c.data()[c.at()];
        for (int p = 0; p < k; p++) {
            sum += a[row + p] * column.data()[column.at() + p];
        }
        c.data()[c.at()] = sum;
    }
}
