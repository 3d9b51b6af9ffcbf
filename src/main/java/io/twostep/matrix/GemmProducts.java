package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** All products as the one of BLAS: transposes and tiles are only other ways through the arrays. */
abstract class GemmProducts implements Products {

    /**
     * C = AB, or C = C + AB, on parts of arrays; called "gemm" in BLAS. The numbers of a row are neighbours in memory;
     * a factor that is transposed is given as it lies.
     *
     * @param m rows of C
     * @param n columns of C
     * @param k terms of each sum
     * @param aAt where A begins in {@code a}
     * @param aLead distance from one row to the next
     * @param aTransposed whether {@code a} holds A' [k x m] rather than A [m x k]
     * @param bTransposed whether {@code b} holds B' [n x k] rather than B [k x n]
     * @param c written
     * @param added whether the product is added to what C holds
     */
    abstract void gemm(
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
            boolean added);

    @Override
    public final void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        Shapes.checkProduct(a, b, c);
        make(a, false, b, false, c, null, false);
    }

    @Override
    public final void affine(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj row, FMatrixRMaj c, @Nullable Tile tile) {
        Shapes.checkProduct(a, b, c);
        Shapes.checkTile(tile, c);
        Kernels.fillRows(row, c, tile);
        make(a, false, b, false, c, tile, true);
    }

    @Override
    public final void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile, boolean added) {
        Shapes.checkProductTransA(a, b, c);
        Shapes.checkTile(tile, c);
        make(a, true, b, false, c, tile, added);
    }

    @Override
    public final void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
        Shapes.checkProductTransB(a, b, c);
        Shapes.checkTile(tile, c);
        make(a, false, b, true, c, tile, false);
    }

    /** Makes a tile of C, or all of it, of matrices that fit. */
    private void make(
            FMatrixRMaj a,
            boolean aTransposed,
            FMatrixRMaj b,
            boolean bTransposed,
            FMatrixRMaj c,
            @Nullable Tile tile,
            boolean added) {
        int i = tile == null ? 0 : tile.row();
        int j = tile == null ? 0 : tile.column();
        gemm(
                tile == null ? c.numRows : tile.rows(),
                tile == null ? c.numCols : tile.columns(),
                aTransposed ? a.numRows : a.numCols,
                a.data,
                aTransposed ? i : i * a.numCols,
                a.numCols,
                aTransposed,
                b.data,
                bTransposed ? j * b.numCols : j,
                b.numCols,
                bTransposed,
                c.data,
                i * c.numCols + j,
                c.numCols,
                added);
    }
}
