package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;

/**
 * The products through a native BLAS, straight on the matrices' arrays; the small ones in plain Java.
 *
 * <p>BLAS counts column by column, so it sees every matrix of ours transposed, and is asked for C' = B'A'.
 */
final class BlasProducts extends GemmProducts {

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
    private final GemmProducts small = new JavaProducts();
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

    /** Halves the longest side until the work fits one native call, so the split depends on the sizes alone. */
    @Override
    void gemm(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aLead,
            boolean aTransposed,
            float[] b,
            int bAt,
            int bLead,
            boolean bTransposed,
            float[] c,
            int cAt,
            int cLead,
            boolean added) {
        if ((long) m * n * k < nativeFrom) {
            small.gemm(m, n, k, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added);
        } else if (work(m, n, k) <= MOST_WORK) {
            call(m, n, k, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added ? 1f : 0f);
        } else if (k >= m && k >= n) {
            int half = half(k);
            int aNext = aAt + half * (aTransposed ? aLead : 1);
            int bNext = bAt + half * (bTransposed ? 1 : bLead);
            gemm(m, n, half, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added);
            gemm(m, n, k - half, a, aNext, aLead, aTransposed, b, bNext, bLead, bTransposed, c, cAt, cLead, true);
        } else if (m >= n) {
            int half = half(m);
            int aNext = aAt + half * (aTransposed ? 1 : aLead);
            int cNext = cAt + half * cLead;
            gemm(half, n, k, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added);
            gemm(m - half, n, k, a, aNext, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cNext, cLead, added);
        } else {
            int half = half(n);
            int bNext = bAt + half * (bTransposed ? bLead : 1);
            gemm(m, half, k, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added);
            gemm(m, n - half, k, a, aAt, aLead, aTransposed, b, bNext, bLead, bTransposed, c, cAt + half, cLead, added);
        }
    }

    static long work(int m, int n, int k) {
        return (long) m * n * k + FETCH * ((long) m * k + (long) k * n + (long) m * n);
    }

    /** A multiple of 16, which suits the native kernels. */
    private static int half(int size) {
        return (size / 2 + 15) / 16 * 16;
    }

    private void call(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aLead,
            boolean aTransposed,
            float[] b,
            int bAt,
            int bLead,
            boolean bTransposed,
            float[] c,
            int cAt,
            int cLead,
            float kept) {
        if (m == 1) {
            int step = aTransposed ? aLead : 1;
            if (bTransposed) {
                blas.sgemv("T", k, n, 1f, b, bAt, bLead, a, aAt, step, kept, c, cAt, 1);
            } else {
                blas.sgemv("N", n, k, 1f, b, bAt, bLead, a, aAt, step, kept, c, cAt, 1);
            }
        } else if (n == 1) {
            int step = bTransposed ? 1 : bLead;
            if (aTransposed) {
                blas.sgemv("N", m, k, 1f, a, aAt, aLead, b, bAt, step, kept, c, cAt, cLead);
            } else {
                blas.sgemv("T", k, m, 1f, a, aAt, aLead, b, bAt, step, kept, c, cAt, cLead);
            }
        } else {
            String first = bTransposed ? "T" : "N";
            String second = aTransposed ? "T" : "N";
            blas.sgemm(first, second, n, m, k, 1f, b, bAt, bLead, a, aAt, aLead, kept, c, cAt, cLead);
        }
    }
}
