package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The products through a native BLAS, straight on the matrices' arrays; the small ones in plain Java.
 *
 * <p>BLAS counts column by column, so it sees every matrix of ours transposed, and is asked for C' = B'A'.
 */
final class BlasProducts extends GemmProducts {

    /**
     * Products of fewer multiplications are done in Java, unless {@link BlasCopies} are, since a call with arrays costs 130
     * to 250 ns before it multiplies. Found with ProductsBenchmark (Zen 4, Java 17): both are even at about 300 for AB and
     * A'B, 600 for AB'.
     */
    private static final int NATIVE_FROM = 400;

    /** Products of fewer are not copied: even with Java at about 100 for AB and A'B, 150 for AB' (Zen 5, Java 17). */
    private static final int COPIED_FROM = 128;

    /**
     * The most work of one native call, about 3 ms. While it runs the arrays are pinned, and the garbage collector of
     * Java 17 waits for its end. 512 x 512 x 512 multiplications fit.
     */
    static final long MOST_WORK = 172_000_000;

    /** The cost of a number to be fetched, in multiplications; it is what counts where rows or columns are few. */
    private static final int FETCH = 32;

    /**
     * The most multiplications of a product that OpenBLAS makes without packing the factors first, on processors for which
     * it has such kernels. Packing costs as much as 20 rows: 8 rows times the 784 x 256 weights take 90 µs in one call,
     * 28 µs as twice 4 rows; 256 rows 1,040 µs and 930 µs.
     */
    private static final int MOST_UNPACKED = 1_000_000;

    /** The native kernels make this many rows at once. */
    private static final int ROWS = 4;

    private final BLAS blas;
    private final GemmProducts small = new JavaProducts();
    private final int nativeFrom;
    private final int copiedFrom;
    private final int mostUnpacked;

    /** Whether it is the library itself, which also works outside of the heap. */
    private final boolean isNative;

    private final BlasBlocks blocks;

    /** Instead of blocks, where the library packs every product. */
    private final @Nullable BlasFusion fusion;

    BlasProducts(BLAS blas) {
        this(blas, NATIVE_FROM, COPIED_FROM, makesSmallProductsUnpacked(blas) ? MOST_UNPACKED : 0);
    }

    private BlasProducts(BLAS blas, int nativeFrom, int copiedFrom, int mostUnpacked) {
        this.blas = blas;
        this.nativeFrom = nativeFrom;
        this.copiedFrom = copiedFrom;
        this.mostUnpacked = mostUnpacked;
        this.isNative = blas instanceof NativeBLAS;
        this.blocks = new BlasBlocks(blas, mostUnpacked, isNative ? NativeFloats.MOST_BYTES : 0);
        this.fusion = mostUnpacked == 0 ? new BlasFusion(blas) : null;
    }

    /** The same with other bounds: the multiplications from which on arrays are handed over, and small products copied. */
    BlasProducts from(int arrays, int copies) {
        return new BlasProducts(blas, arrays, copies, mostUnpacked);
    }

    /**
     * The library does not say, but the order of its sums does: long ones are cut only where the factors are packed, so
     * that the same rows differ in their last bits between a product just below the bound and one just above it.
     */
    private static boolean makesSmallProductsUnpacked(BLAS blas) {
        int n = 64;
        int k = 1200;
        int below = MOST_UNPACKED / (n * k) / ROWS * ROWS;
        float[] a = ProductsTrial.numbers(2 * below * k);
        float[] b = ProductsTrial.numbers(k * n);
        float[] unpacked = new float[below * n];
        float[] packed = new float[2 * below * n];
        blas.sgemm("N", "N", n, below, k, 1f, b, 0, n, a, 0, k, 0f, unpacked, 0, n);
        blas.sgemm("N", "N", n, 2 * below, k, 1f, b, 0, n, a, 0, k, 0f, packed, 0, n);
        return Arrays.mismatch(unpacked, packed) < unpacked.length;
    }

    @Override
    public Affine frozen(FMatrixRMaj weights, FMatrixRMaj biases) {
        Shapes.checkBiases(weights, biases);
        if (weights.getNumElements() < nativeFrom) {
            return small.frozen(weights, biases);
        }
        Affine together = fusion == null ? blocks.frozen(weights, biases) : fusion.frozen(weights, biases);
        return together == null ? new BlasRowAffine(blas, weights, biases) : together;
    }

    @Override
    public long frozenNumbers(int inputs, int outputs) {
        long numbers = (long) inputs * outputs;
        if (numbers < nativeFrom) {
            return small.frozenNumbers(inputs, outputs);
        }
        return fusion != null && fusion.suits(inputs, outputs) ? BlasFusedAffine.numbers(inputs, outputs) : numbers;
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
        long multiplications = (long) m * n * k;
        boolean isWhole = aLead == (aTransposed ? m : k) && bLead == (bTransposed ? k : n) && cLead == n;
        if (isNative && multiplications >= copiedFrom && m > 1 && n > 1 && isWhole && BlasCopies.suit(m, n, k)) {
            BlasCopies.gemm(m, n, k, a, aAt, aTransposed, b, bAt, bTransposed, c, cAt, added);
        } else if (multiplications < nativeFrom) {
            small.gemm(m, n, k, a, aAt, aLead, aTransposed, b, bAt, bLead, bTransposed, c, cAt, cLead, added);
        } else if (m > 1 && !aTransposed && !bTransposed && unpackedRows(n, k) >= ROWS) {
            unpacked(m, n, k, a, aAt, aLead, b, bAt, bLead, c, cAt, cLead, added ? 1f : 0f);
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

    private void unpacked(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aLead,
            float[] b,
            int bAt,
            int bLead,
            float[] c,
            int cAt,
            int cLead,
            float kept) {
        int rows = unpackedRows(n, k);
        for (int i = 0; i < m; i += rows) {
            int some = Math.min(rows, m - i);
            int aNext = aAt + i * aLead;
            int cNext = cAt + i * cLead;
            blas.sgemm("N", "N", n, some, k, 1f, b, bAt, bLead, a, aNext, aLead, kept, c, cNext, cLead);
        }
    }

    /** How many rows of A times a B of that size are made without packing. */
    int unpackedRows(int n, int k) {
        return (int) (mostUnpacked / ((long) n * k)) / ROWS * ROWS;
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
