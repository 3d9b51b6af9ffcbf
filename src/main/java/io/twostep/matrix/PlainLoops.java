package io.twostep.matrix;

import java.util.Arrays;

/** Products straight on the matrices' arrays: for small ones and for single rows and columns. */
final class PlainLoops {

    private PlainLoops() {}

    /**
     * Row i of C [m x n] = the sum over p of A(i, p) times row p of B [k x n].
     *
     * @param aRow distance in {@code a} from A(i, p) to A(i + 1, p)
     * @param aDepth distance in {@code a} from A(i, p) to A(i, p + 1)
     * @param c written
     */
    static void scaledRows(Shape shape, float[] a, int aRow, int aDepth, float[] b, float[] c) {
        int n = shape.n();
        Arrays.fill(c, 0, shape.m() * n, 0f);
        for (int i = 0; i < shape.m(); i++) {
            int at = i * aRow;
            int p = 0;
            for (; p + 4 <= shape.k(); p += 4, at += 4 * aDepth) {
                addFourRows(a, at, aDepth, b, p * n, c, i * n, n);
            }
            for (; p < shape.k(); p++, at += aDepth) {
                addRow(a[at], b, p * n, c, i * n, n);
            }
        }
    }

    /** Four rows at a time, so that C is read and written a quarter as often. */
    private static void addFourRows(float[] a, int at, int aDepth, float[] b, int b0, float[] c, int row, int n) {
        float a0 = a[at];
        float a1 = a[at + aDepth];
        float a2 = a[at + 2 * aDepth];
        float a3 = a[at + 3 * aDepth];
        int b1 = b0 + n;
        int b2 = b1 + n;
        int b3 = b2 + n;
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
     * C(i, j) = row i of A [m x k] times row j of B [n x k].
     *
     * @param c written
     */
    static void dotProducts(Shape shape, float[] a, float[] b, float[] c) {
        int n = shape.n();
        int k = shape.k();
        for (int i = 0; i < shape.m(); i++) {
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                fourDots(a, i * k, b, j * k, k, c, i * n + j);
            }
            for (; j < n; j++) {
                c[i * n + j] = dot(a, i * k, b, j * k, k);
            }
        }
    }

    /** Four sums side by side, none of which waits for another. */
    private static void fourDots(float[] a, int row, float[] b, int b0, int k, float[] c, int at) {
        int b1 = b0 + k;
        int b2 = b1 + k;
        int b3 = b2 + k;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
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

    private static float dot(float[] a, int row, float[] b, int from, int k) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
            sum += a[row + p] * b[from + p];
        }
        return sum;
    }
}
