package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * The three matrix products of forward and backward propagation, in single precision, row by row in memory.
 *
 * <p>Each product writes all of {@code c}, whatever it held, and leaves {@code a} and {@code b} as they were. {@code c}
 * must have the right shape already and share no array with {@code a} or {@code b}; nothing is allocated. A
 * {@code data} array longer than its matrix needs is fine. Not-a-number and infinity spread as IEEE 754 says: no factor
 * is skipped for being zero.
 *
 * <p>Implementations keep no state: one instance may serve many threads, each with matrices of its own. The same
 * matrices give the same bits at every call on one machine.
 *
 * <p>Every method throws {@link IllegalArgumentException}, naming the shapes, if they do not fit.
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
     * C = A'B, where A' is the transpose of A.
     *
     * @param a [k x m], read
     * @param b [k x n], read
     * @param c [m x n], written
     */
    void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

    /**
     * C = AB', where B' is the transpose of B.
     *
     * @param a [m x k], read
     * @param b [n x k], read
     * @param c [m x n], written
     */
    void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);
}
