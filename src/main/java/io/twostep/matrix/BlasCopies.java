package io.twostep.matrix;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Small products on copies outside of the heap: with them a call costs 60 ns, where one that pins arrays and hands texts
 * over costs 190 (Zen 5), and it keeps no collector waiting.
 */
final class BlasCopies {

    /** 8 KB: to copy more takes longer than is saved. */
    private static final int MOST = 1 << 11;

    private BlasCopies() {}

    /** Whether [m x k] and [k x n] factors and their product are small enough. */
    static boolean suit(int m, int n, int k) {
        return (long) m * k + (long) k * n + (long) m * n <= MOST;
    }

    /** As {@link GemmProducts#gemm}, on whole matrices: their rows touch one another. */
    static void gemm(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            boolean aTransposed,
            float[] b,
            int bAt,
            boolean bTransposed,
            float[] c,
            int cAt,
            boolean added) {
        NativeScratch scratch = NativeScratch.ofThread();
        int ofB = NativeScratch.nextLine(m * k);
        int ofC = NativeScratch.nextLine(ofB + k * n);
        scratch.numbers.put(0, a, aAt, m * k);
        scratch.numbers.put(ofB, b, bAt, k * n);
        if (added) {
            scratch.numbers.put(ofC, c, cAt, m * n);
        }
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasColMajor,
                bTransposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                aTransposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                n,
                m,
                k,
                1f,
                scratch.b.position(ofB),
                bTransposed ? k : n,
                scratch.a.position(0),
                aTransposed ? m : k,
                added ? 1f : 0f,
                scratch.c.position(ofC),
                n);
        scratch.numbers.get(ofC, c, cAt, m * n);
    }
}
