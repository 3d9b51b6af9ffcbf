package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import org.ejml.data.FMatrixRMaj;

/**
 * The products through a native BLAS, straight on the matrices' arrays; the small ones in plain Java.
 *
 * <p>BLAS counts column by column, so it sees every matrix of ours transposed, and is asked for C' = B'A'.
 */
final class BlasProducts implements Products {

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
    private final Products small = new JavaProducts();

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
    public void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.product(a, b, c);
        if (shape.multiplications() < nativeFrom) {
            small.multiply(a, b, c);
        } else {
            new Call(false, a.data, shape.k(), false, b.data, shape.n(), c.data, shape.n()).split(shape);
        }
    }

    @Override
    public void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.productTransA(a, b, c);
        if (shape.multiplications() < nativeFrom) {
            small.multiplyTransA(a, b, c);
        } else {
            new Call(true, a.data, shape.m(), false, b.data, shape.n(), c.data, shape.n()).split(shape);
        }
    }

    @Override
    public void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.productTransB(a, b, c);
        if (shape.multiplications() < nativeFrom) {
            small.multiplyTransB(a, b, c);
        } else {
            new Call(false, a.data, shape.k(), true, b.data, shape.k(), c.data, shape.n()).split(shape);
        }
    }

    static long work(int m, int n, int k) {
        return (long) m * n * k + FETCH * ((long) m * k + (long) k * n + (long) m * n);
    }

    /** One product and where its matrices lie: for each its array and the distance from one row to the next. */
    private final class Call {

        private final boolean transA;
        private final float[] a;
        private final int aRow;
        private final boolean transB;
        private final float[] b;
        private final int bRow;
        private final float[] c;
        private final int cRow;

        Call(boolean transA, float[] a, int aRow, boolean transB, float[] b, int bRow, float[] c, int cRow) {
            this.transA = transA;
            this.a = a;
            this.aRow = aRow;
            this.transB = transB;
            this.b = b;
            this.bRow = bRow;
            this.c = c;
            this.cRow = cRow;
        }

        void split(Shape shape) {
            split(0, shape.m(), 0, shape.n(), 0, shape.k(), 0f);
        }

        /**
         * Rows i to i + m, columns j to j + n of C: {@code kept} times what they hold, plus the terms p to p + k of their
         * sums. Halves the longest side until the work fits one native call, so the split depends on the sizes alone.
         */
        private void split(int i, int m, int j, int n, int p, int k, float kept) {
            if (work(m, n, k) <= MOST_WORK) {
                call(i, m, j, n, p, k, kept);
            } else if (k >= m && k >= n) {
                int half = half(k);
                split(i, m, j, n, p, half, kept);
                split(i, m, j, n, p + half, k - half, 1f);
            } else if (m >= n) {
                int half = half(m);
                split(i, half, j, n, p, k, kept);
                split(i + half, m - half, j, n, p, k, kept);
            } else {
                int half = half(n);
                split(i, m, j, half, p, k, kept);
                split(i, m, j + half, n - half, p, k, kept);
            }
        }

        /** A multiple of 16, which suits the native kernels. */
        private static int half(int size) {
            return (size / 2 + 15) / 16 * 16;
        }

        private void call(int i, int m, int j, int n, int p, int k, float kept) {
            int aAt = transA ? p * aRow + i : i * aRow + p;
            int bAt = transB ? j * bRow + p : p * bRow + j;
            int cAt = i * cRow + j;
            if (m == 1) {
                int step = transA ? aRow : 1;
                if (transB) {
                    blas.sgemv("T", k, n, 1f, b, bAt, bRow, a, aAt, step, kept, c, cAt, 1);
                } else {
                    blas.sgemv("N", n, k, 1f, b, bAt, bRow, a, aAt, step, kept, c, cAt, 1);
                }
            } else if (n == 1) {
                int step = transB ? 1 : bRow;
                if (transA) {
                    blas.sgemv("N", m, k, 1f, a, aAt, aRow, b, bAt, step, kept, c, cAt, cRow);
                } else {
                    blas.sgemv("T", k, m, 1f, a, aAt, aRow, b, bAt, step, kept, c, cAt, cRow);
                }
            } else {
                String first = transB ? "T" : "N";
                String second = transA ? "T" : "N";
                blas.sgemm(first, second, n, m, k, 1f, b, bAt, bRow, a, aAt, aRow, kept, c, cAt, cRow);
            }
        }
    }
}
