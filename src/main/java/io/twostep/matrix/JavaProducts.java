package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/**
 * The products in plain Java: the same bits on every machine and every Java version.
 *
 * <p>Each number of C is one sum that starts at zero and takes its terms one after another, from the first to the last,
 * each rounded before it is added. Loops differ by size, and the compiler works on several numbers of C at once; neither
 * changes the order within a sum. No fused multiply-add is used.
 */
final class JavaProducts implements Products {

    /** The multiplications from which on {@link PackedLoops} win; found with ProductsBenchmark (Zen 4, Java 17). */
    private static final int PACKED_FROM = 4_096;

    /** Below that many columns nothing is gained by vectors. */
    private static final int PACKED_COLUMNS = 8;

    /** Packing for AB' turns B around, which costs about as much as eight rows of the product. */
    private static final int PACKED_ROWS_WHEN_TURNING = 8;

    @Override
    public void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.product(a, b, c);
        if (shape.n() == 1) {
            PlainLoops.dotProducts(shape.swapped(), b.data, a.data, c.data);
        } else if (packed(shape, 2)) {
            PackedLoops.product(shape, a.data, shape.k(), 1, b.data, shape.n(), 1, c.data);
        } else {
            PlainLoops.scaledRows(shape, a.data, shape.k(), 1, b.data, c.data);
        }
    }

    @Override
    public void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.productTransA(a, b, c);
        if (shape.n() == 1) {
            PlainLoops.scaledRows(shape.swapped(), b.data, shape.k(), 1, a.data, c.data);
        } else if (packed(shape, 2)) {
            PackedLoops.product(shape, a.data, 1, shape.m(), b.data, shape.n(), 1, c.data);
        } else {
            PlainLoops.scaledRows(shape, a.data, 1, shape.m(), b.data, c.data);
        }
    }

    @Override
    public void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.productTransB(a, b, c);
        if (shape.n() == 1) {
            PlainLoops.dotProducts(shape.swapped(), b.data, a.data, c.data);
        } else if (packed(shape, PACKED_ROWS_WHEN_TURNING)) {
            PackedLoops.product(shape, a.data, shape.k(), 1, b.data, 1, shape.k(), c.data);
        } else {
            PlainLoops.dotProducts(shape, a.data, b.data, c.data);
        }
    }

    private static boolean packed(Shape shape, int rows) {
        return shape.m() >= rows && shape.n() >= PACKED_COLUMNS && shape.multiplications() >= PACKED_FROM;
    }
}
