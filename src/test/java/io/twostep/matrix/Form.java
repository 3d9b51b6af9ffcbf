package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/** The three products, so that a test can ask the same of each. */
enum Form {
    AB {
        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
            products.multiply(a, b, c);
        }
    },
    TRANS_A {
        @Override
        FMatrixRMaj a(int m, int k) {
            return new FMatrixRMaj(k, m);
        }

        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
            products.multiplyTransA(a, b, c, null, false);
        }
    },
    TRANS_B {
        @Override
        FMatrixRMaj b(int k, int n) {
            return new FMatrixRMaj(n, k);
        }

        @Override
        void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
            products.multiplyTransB(a, b, c, null);
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

    abstract void multiply(Products products, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

    /** Number (i, p) of the first factor as the product sees it. */
    float a(FMatrixRMaj a, int i, int p) {
        return this == TRANS_A ? a.get(p, i) : a.get(i, p);
    }

    /** Number (p, j) of the second factor as the product sees it. */
    float b(FMatrixRMaj b, int p, int j) {
        return this == TRANS_B ? b.get(j, p) : b.get(p, j);
    }
}
