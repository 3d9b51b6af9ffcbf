package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The three products, so that a test can ask the same of each. */
enum Form {
    AB {
        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
            if (tile == null) {
                products.multiply(a, b, c);
            } else {
                products.affine(a, b, new FMatrixRMaj(1, c.numCols), c, tile);
            }
        }
    },
    TRANS_A {
        @Override
        FMatrixRMaj a(int m, int k) {
            return new FMatrixRMaj(k, m);
        }

        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
            products.multiplyTransA(a, b, c, tile, false);
        }
    },
    TRANS_B {
        @Override
        FMatrixRMaj b(int k, int n) {
            return new FMatrixRMaj(n, k);
        }

        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
            products.multiplyTransB(a, b, c, tile);
        }
    };

    /** An empty first factor for a product that sums over k to m rows. */
    FMatrixRMaj a(int m, int k) {
        return new FMatrixRMaj(m, k);
    }

    /** An empty second factor for a product that sums over k to n columns. */
    FMatrixRMaj b(int k, int n) {
        return new FMatrixRMaj(k, n);
    }

    /** Makes all of C. */
    void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        multiply(products, a, b, c, null);
    }

    /** Makes a part of C, or all. */
    abstract void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile);

    /** Number (i, p) of the first factor as the product sees it. */
    float a(FMatrixRMaj a, int i, int p) {
        return this == TRANS_A ? a.get(p, i) : a.get(i, p);
    }

    /** Number (p, j) of the second factor as the product sees it. */
    float b(FMatrixRMaj b, int p, int j) {
        return this == TRANS_B ? b.get(j, p) : b.get(p, j);
    }
}
