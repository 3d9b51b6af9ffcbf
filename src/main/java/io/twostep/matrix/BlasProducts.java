package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;

/**
 * The products through a native BLAS, straight on the matrices' arrays; the small ones in plain Java.
 *
 * <p>BLAS counts column by column, so it sees every matrix of ours transposed, and is asked for C' = B'A'.
 */
final class BlasProducts extends StridedProducts {

    /**
     * Products of fewer multiplications are done in Java, since a native call costs 130 to 250 ns before it multiplies.
     * Found with ProductsBenchmark (Zen 4, Java 17): both are even at about 300 for AB and A'B, 600 for AB'.
     */
    private static final int NATIVE_FROM = 400;

    /**
     * The most work of one native call, about 3 ms. While it runs the arrays are pinned, and the garbage collector of
     * Java 17 waits for its end. 512 x 512 x 512 multiplications fit.
     */
    static final long MOST_WORK = 160_000_000;

    /** The cost of a number to be fetched, in multiplications; it is what counts where rows or columns are few. */
    private static final int FETCH = 32;

    private final BLAS blas;
    private final StridedProducts small = new JavaProducts();
    private final int nativeFrom;

    BlasProducts(BLAS blas) {
        this(blas, NATIVE_FROM);
    }

    private BlasProducts(BLAS blas, int nativeFrom) {
        this.blas = blas;
        this.nativeFrom = nativeFrom;
    }

    /** The same with another bound between small and large. */
    BlasProducts nativeFrom(int multiplications) {
        return new BlasProducts(blas, multiplications);
    }

    @Override
    void product(int m, int n, int k, Strided a, Strided b, Strided c, boolean added) {
        if ((long) m * n * k < nativeFrom) {
            small.product(m, n, k, a, b, c, added);
        } else {
            split(m, n, k, a, b, c, added);
        }
    }

    static long work(int m, int n, int k) {
        return (long) m * n * k + FETCH * ((long) m * k + (long) k * n + (long) m * n);
    }

    /** Halves the longest side until the work fits one native call, so the split depends on the sizes alone. */
    private void split(int m, int n, int k, Strided a, Strided b, Strided c, boolean added) {
        if (work(m, n, k) <= MOST_WORK) {
            call(m, n, k, a, b, c, added ? 1f : 0f);
        } else if (k >= m && k >= n) {
            int half = half(k);
            split(m, n, half, a, b, c, added);
            split(m, n, k - half, a.from(0, half), b.from(half, 0), c, true);
        } else if (m >= n) {
            int half = half(m);
            split(half, n, k, a, b, c, added);
            split(m - half, n, k, a.from(half, 0), b, c.from(half, 0), added);
        } else {
            int half = half(n);
            split(m, half, k, a, b, c, added);
            split(m, n - half, k, a, b.from(0, half), c.from(0, half), added);
        }
    }

    /** A multiple of 16, which suits the native kernels. */
    private static int half(int size) {
        return (size / 2 + 15) / 16 * 16;
    }

    private void call(int m, int n, int k, Strided a, Strided b, Strided c, float kept) {
        if (m == 1) {
            vector(n, k, b.transposed(), a, a.column(), c, c.column(), kept);
        } else if (n == 1) {
            vector(m, k, a, b, b.row(), c, c.row(), kept);
        } else {
            blas.sgemm(
                    b.turned() ? "T" : "N",
                    a.turned() ? "T" : "N",
                    n,
                    m,
                    k,
                    1f,
                    b.data(),
                    b.at(),
                    b.lead(),
                    a.data(),
                    a.at(),
                    a.lead(),
                    kept,
                    c.data(),
                    c.at(),
                    c.lead());
        }
    }

    /** A matrix [rows x k] times k numbers of x, so many steps apart, into the numbers of y. */
    private void vector(int rows, int k, Strided matrix, Strided x, int xStep, Strided y, int yStep, float kept) {
        blas.sgemv(
                matrix.turned() ? "N" : "T",
                matrix.turned() ? rows : k,
                matrix.turned() ? k : rows,
                1f,
                matrix.data(),
                matrix.at(),
                matrix.lead(),
                x.data(),
                x.at(),
                xStep,
                kept,
                y.data(),
                y.at(),
                yStep);
    }
}
