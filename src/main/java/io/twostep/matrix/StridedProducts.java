package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** All products as one: transposes and tiles are only other distances between the numbers. */
abstract class StridedProducts implements Products {

    /**
     * C = AB, or C = C + AB.
     *
     * @param a [m x k], read
     * @param b [k x n], read
     * @param c [m x n] row by row, written
     * @param added whether the product is added to what C holds
     */
    abstract void product(int m, int n, int k, Strided a, Strided b, Strided c, boolean added);

    @Override
    public final void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shape shape = Shape.product(a, b, c);
        product(shape.m(), shape.n(), shape.k(), Strided.of(a), Strided.of(b), Strided.of(c), false);
    }

    @Override
    public final void affine(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj row, FMatrixRMaj c, @Nullable Tile tile) {
        Shape shape = Shape.product(a, b, c);
        if (row.numRows != 1 || row.numCols != shape.n()) {
            throw new IllegalArgumentException(Shape.text(row) + " is no row of C " + Shape.text(c));
        }
        Kernels.fillRows(row, c, tile);
        product(shape, Strided.of(a), Strided.of(b), c, tile, true);
    }

    @Override
    public final void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile, boolean added) {
        product(Shape.productTransA(a, b, c), Strided.of(a).transposed(), Strided.of(b), c, tile, added);
    }

    @Override
    public final void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
        product(Shape.productTransB(a, b, c), Strided.of(a), Strided.of(b).transposed(), c, tile, false);
    }

    private void product(Shape shape, Strided a, Strided b, FMatrixRMaj c, @Nullable Tile tile, boolean added) {
        if (tile == null) {
            product(shape.m(), shape.n(), shape.k(), a, b, Strided.of(c), added);
        } else if (tile.fits(shape.m(), shape.n())) {
            product(
                    tile.rows(),
                    tile.columns(),
                    shape.k(),
                    a.from(tile.row(), 0),
                    b.from(0, tile.column()),
                    Strided.of(c).from(tile.row(), tile.column()),
                    added);
        } else {
            throw new IllegalArgumentException(tile + " does not lie within C " + Shape.text(c));
        }
    }
}
