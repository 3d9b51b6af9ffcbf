package io.twostep.matrix;

import java.util.Arrays;

/**
 * The products in plain Java: the same bits on every machine and every Java version.
 *
 * <p>Each number of C is one sum that starts at zero, or at what C holds, and takes its terms one after another, from
 * the first to the last, each rounded before it is added. Loops differ by size, and the compiler works on several
 * numbers of C at once; neither changes the order within a sum. No fused multiply-add is used.
 */
final class JavaProducts extends StridedProducts {

    /** The multiplications from which on {@link PackedLoops} win; found with ProductsBenchmark (Zen 4, Java 17). */
    private static final int PACKED_FROM = 4_096;

    /** Below that many columns nothing is gained by vectors. */
    private static final int PACKED_COLUMNS = 8;

    private static final int PACKED_ROWS = 2;

    /** Packing a transposed B turns it around, which costs about as much as eight rows of the product. */
    private static final int PACKED_ROWS_WHEN_TURNING = 8;

    @Override
    void product(int m, int n, int k, Strided a, Strided b, Strided c, boolean added) {
        if (!added) {
            clear(m, n, c);
        }
        if (n == 1 && !a.turned()) {
            PlainLoops.dotProducts(n, m, k, b.transposed(), a.transposed(), c.transposed());
        } else if (n == 1) {
            PlainLoops.scaledRows(n, m, k, b.transposed(), a.transposed(), c.transposed());
        } else if (isPacked(m, n, k, b)) {
            PackedLoops.product(m, n, k, a, b, c);
        } else if (b.turned()) {
            PlainLoops.dotProducts(m, n, k, a, b, c);
        } else {
            PlainLoops.scaledRows(m, n, k, a, b, c);
        }
    }

    private static void clear(int m, int n, Strided c) {
        for (int i = 0; i < m; i++) {
            int row = c.at() + i * c.lead();
            Arrays.fill(c.data(), row, row + n, 0f);
        }
    }

    private static boolean isPacked(int m, int n, int k, Strided b) {
        return m >= (b.turned() ? PACKED_ROWS_WHEN_TURNING : PACKED_ROWS)
                && n >= PACKED_COLUMNS
                && (long) m * n * k >= PACKED_FROM;
    }
}
