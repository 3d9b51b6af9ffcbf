package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The matrix products of forward and backward propagation, in single precision, row by row in memory.
 *
 * <p>Each product writes all of {@code c}, or all of one {@link Tile} of it, whatever it held, and leaves its factors as
 * they were. {@code c} must have the right shape already and share no array with a factor; nothing is allocated but,
 * once, a thread's scratch. A {@code data} array longer than its matrix needs is fine. Not-a-number and infinity spread
 * as IEEE 754 says: no factor is skipped for being zero.
 *
 * <p>Those of {@link Arithmetic} keep no state: one instance may serve many threads, each with matrices or tiles of its
 * own. The same matrices and tiles give the same bits at every call on one machine.
 *
 * <p>Every method throws {@link IllegalArgumentException}, naming the shapes, if they do not fit. A tile of null stands
 * for all of {@code c}.
 */
public interface Products {

    /**
     * C = A B.
     *
     * @param a [m x k], read
     * @param b [k x n], read
     * @param c [m x n], written
     */
    void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

    /**
     * C = A B + 1r, the affine map of a layer: the same row is added to every row.
     *
     * @param a [m x k], read
     * @param b [k x n], read
     * @param row [1 x n], read
     * @param c [m x n], written
     * @param tile the part of C to make
     */
    void affine(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj row, FMatrixRMaj c, @Nullable Tile tile);

    /**
     * C = A'B, where A' is the transpose of A.
     *
     * @param a [k x m], read
     * @param b [k x n], read
     * @param c [m x n], written
     * @param tile the part of C to make
     * @param added whether the product is added to what C holds
     */
    void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile, boolean added);

    /**
     * C = AB', where B' is the transpose of B.
     *
     * @param a [m x k], read
     * @param b [n x k], read
     * @param c [m x n], written
     * @param tile the part of C to make
     */
    void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile);

    /**
     * The affine map of a layer that learns no more. To lay the weights out takes {@link #frozenNumbers memory again},
     * and some milliseconds to find out how.
     *
     * @param weights [inputs x outputs], kept: must not change
     * @param biases [1 x outputs], kept: must not change
     */
    Affine frozen(FMatrixRMaj weights, FMatrixRMaj biases);

    /** How many numbers of four bytes a {@link #frozen} map of that size keeps at most, on the heap or outside of it. */
    long frozenNumbers(int inputs, int outputs);
}
