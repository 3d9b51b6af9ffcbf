package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * The sizes of one product, C [m x n] being a sum over k terms; made only from matrices that fit.
 *
 * @param m rows of C
 * @param n columns of C
 * @param k terms of each sum
 */
record Shape(int m, int n, int k) {

    /** For C = AB. */
    static Shape product(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        return checked("C = AB", a.numRows, a.numCols, b.numRows, b.numCols, a, b, c);
    }

    /** For C = A'B. */
    static Shape productTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        return checked("C = A'B", a.numCols, a.numRows, b.numRows, b.numCols, a, b, c);
    }

    /** For C = AB'. */
    static Shape productTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        return checked("C = AB'", a.numRows, a.numCols, b.numCols, b.numRows, a, b, c);
    }

    private static Shape checked(
            String form, int m, int k, int kOfB, int n, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        if (k != kOfB || c.numRows != m || c.numCols != n) {
            throw new IllegalArgumentException(
                    "shapes do not fit " + form + ": A is " + text(a) + ", B is " + text(b) + ", C is " + text(c));
        }
        if (c.data == a.data || c.data == b.data) {
            throw new IllegalArgumentException(form + " cannot be written over one of its factors");
        }
        return new Shape(m, n, k);
    }

    static String text(FMatrixRMaj matrix) {
        return "[" + matrix.numRows + " x " + matrix.numCols + "]";
    }
}
