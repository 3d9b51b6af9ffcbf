package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Whether matrices fit each other; if not, {@link IllegalArgumentException} names their sizes. */
final class Shapes {

    private Shapes() {}

    /** For C = AB. */
    static void checkProduct(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        check("C = AB", a.numRows, a.numCols, b.numRows, b.numCols, a, b, c);
    }

    /** For C = A'B. */
    static void checkProductTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        check("C = A'B", a.numCols, a.numRows, b.numRows, b.numCols, a, b, c);
    }

    /** For C = AB'. */
    static void checkProductTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        check("C = AB'", a.numRows, a.numCols, b.numCols, b.numRows, a, b, c);
    }

    /** @param tile null is all of C and fits */
    static void checkTile(@Nullable Tile tile, FMatrixRMaj c) {
        if (tile != null && !tile.fits(c.numRows, c.numCols)) {
            throw new IllegalArgumentException(tile + " does not lie within C, which is " + text(c));
        }
    }

    private static void check(String form, int m, int k, int kOfB, int n, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        if (k != kOfB || c.numRows != m || c.numCols != n) {
            throw new IllegalArgumentException(
                    "shapes do not fit " + form + ": A is " + text(a) + ", B is " + text(b) + ", C is " + text(c));
        }
        if (c.data == a.data || c.data == b.data) {
            throw new IllegalArgumentException(form + " cannot be written over one of its factors");
        }
    }

    /** For Y = XW + 1b with W [inputs x outputs]. */
    static void checkAffine(FMatrixRMaj x, int inputs, FMatrixRMaj y, int outputs) {
        if (x.numCols != inputs || y.numCols != outputs || x.numRows != y.numRows) {
            throw new IllegalArgumentException("shapes do not fit Y = XW + 1b: X is " + text(x) + ", Y is " + text(y)
                    + ", W is [" + inputs + " x " + outputs + "]");
        }
        if (x.data == y.data) {
            throw new IllegalArgumentException("Y = XW + 1b cannot be written over X");
        }
    }

    /** For XW + 1b. */
    static void checkBiases(FMatrixRMaj weights, FMatrixRMaj biases) {
        if (biases.numRows != 1 || biases.numCols != weights.numCols) {
            throw new IllegalArgumentException("biases " + text(biases) + " do not fit weights " + text(weights));
        }
    }

    /** @param fits whether they do */
    static void check(boolean fits, FMatrixRMaj one, FMatrixRMaj other) {
        if (!fits) {
            throw new IllegalArgumentException("shapes do not fit: " + text(one) + " and " + text(other));
        }
    }

    static String text(FMatrixRMaj matrix) {
        return "[" + matrix.numRows + " x " + matrix.numCols + "]";
    }
}
