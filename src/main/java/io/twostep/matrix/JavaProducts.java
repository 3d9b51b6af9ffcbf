package io.twostep.matrix;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The products in plain Java: the same bits on every machine and every Java version.
 *
 * <p>Each number of C is one sum that starts at zero, or at what C holds, and takes its terms one after another, from
 * the first to the last, each rounded before it is added. Loops differ by size, and the compiler works on several
 * numbers of C at once; neither changes the order within a sum. No fused multiply-add is used.
 */
final class JavaProducts extends GemmProducts {

    /** The multiplications from which on {@link PackedLoops} win; found with ProductsBenchmark (Zen 4, Java 17). */
    private static final int PACKED_FROM = 4_096;

    /** Below that many columns nothing is gained by vectors. */
    private static final int PACKED_COLUMNS = 8;

    private static final int PACKED_ROWS = 2;

    /** The columns from which on vectors pay. */
    private static final int WIDE = 16;

    /** Packing a transposed B turns it around, which costs about as much as eight rows of the product. */
    private static final int PACKED_ROWS_WHEN_TURNING = 8;

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
        if (!added) {
            clear(m, n, c, cAt, cLead);
        }
        int aRow = aTransposed ? 1 : aLead;
        int aColumn = aTransposed ? aLead : 1;
        boolean bIsColumn = n == 1 && cLead == 1 && (bTransposed || bLead == 1);
        if (bIsColumn && aTransposed && m < WIDE) {
            PlainLoops.columnProducts(m, k, a, aAt, aLead, b, bAt, c, cAt);
        } else if (bIsColumn && aTransposed) { // C' = B'A', one row
            PlainLoops.scaledRows(1, m, k, b, bAt, 1, 1, a, aAt, aLead, c, cAt, 1);
        } else if (bIsColumn) {
            PlainLoops.dotProducts(1, m, k, b, bAt, 1, a, aAt, aLead, c, cAt, 1);
        } else if (isPacked(m, n, k, bTransposed)) {
            int bRow = bTransposed ? 1 : bLead;
            int bColumn = bTransposed ? bLead : 1;
            PackedLoops.product(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cLead);
        } else if (bTransposed && k == 1 && bLead == 1) { // B' lies as B would
            PlainLoops.scaledRows(m, n, k, a, aAt, aRow, aColumn, b, bAt, n, c, cAt, cLead);
        } else if (!bTransposed) {
            PlainLoops.scaledRows(m, n, k, a, aAt, aRow, aColumn, b, bAt, bLead, c, cAt, cLead);
        } else {
            PlainLoops.dotProducts(m, n, k, a, aAt, aLead, b, bAt, bLead, c, cAt, cLead);
        }
    }

    /** Each sum has one order, whatever stands around it. */
    @Override
    public Affine frozen(FMatrixRMaj weights, FMatrixRMaj biases) {
        Shapes.checkBiases(weights, biases);
        return weights.numCols < PACKED_COLUMNS
                ? (x, y) -> affine(x, weights, biases, y, null)
                : new JavaAffine(weights, biases);
    }

    @Override
    public long frozenNumbers(int inputs, int outputs) {
        return outputs < PACKED_COLUMNS ? (long) inputs * outputs : JavaAffine.numbers(inputs, outputs);
    }

    private static void clear(int m, int n, float[] c, int cAt, int cLead) {
        if (cLead == n) {
            Arrays.fill(c, cAt, cAt + m * n, 0f);
            return;
        }
        for (int i = 0; i < m; i++) {
            Arrays.fill(c, cAt + i * cLead, cAt + i * cLead + n, 0f);
        }
    }

    private static boolean isPacked(int m, int n, int k, boolean turning) {
        return m >= (turning ? PACKED_ROWS_WHEN_TURNING : PACKED_ROWS)
                && n >= PACKED_COLUMNS
                && (long) m * n * k >= PACKED_FROM;
    }
}
