package io.twostep.matrix;

import io.twostep.matrix.RandomStream.Purpose;
import org.ejml.data.FMatrixRMaj;

/**
 * What an arithmetic makes of a fixed exercise, in 64 bits: products of several shapes and every function. Where two
 * processors, libraries or Java builds differ in a last bit, their imprints differ.
 */
final class Imprint {

    /** Rows, inner length and columns; a product of few rows, of one and of many is done by different loops. */
    private static final int[][] SHAPES = {{1, 300, 70}, {7, 129, 33}, {64, 257, 130}, {130, 5, 3}};

    private static final int ARGUMENTS = 2_000;

    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private final RandomStream random = RandomStream.of(1, Purpose.WEIGHTS);
    private long hash = OFFSET;

    private Imprint() {}

    static long of(Products products, Functions functions) {
        Imprint imprint = new Imprint();
        for (int[] shape : SHAPES) {
            imprint.take(products, shape[0], shape[1], shape[2]);
        }
        imprint.take(functions);
        return imprint.hash;
    }

    private void take(Products products, int m, int k, int n) {
        FMatrixRMaj c = new FMatrixRMaj(m, n);
        FMatrixRMaj weights = drawn(k, n);
        FMatrixRMaj biases = drawn(1, n);
        products.multiply(drawn(m, k), weights, c);
        take(c);
        products.affine(drawn(m, k), weights, biases, c, null);
        take(c);
        products.frozen(weights, biases).apply(drawn(m, k), c);
        take(c);
        products.multiplyTransA(drawn(k, m), weights, c, null, false);
        take(c);
        products.multiplyTransB(drawn(m, k), drawn(n, k), c, null);
        take(c);
    }

    private void take(Functions functions) {
        for (int i = 0; i < ARGUMENTS; i++) {
            double x = 8 * random.nextDouble() - 4;
            take(functions.exp(x));
            take(functions.expm1(x));
            take(functions.log(Math.abs(x)));
            take(functions.log1p(Math.abs(x)));
            take(functions.tanh(x));
            take(functions.erf(x));
        }
    }

    private FMatrixRMaj drawn(int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) (2 * random.nextDouble() - 1);
        }
        return matrix;
    }

    private void take(FMatrixRMaj matrix) {
        for (float value : matrix.data) {
            take(value);
        }
    }

    /** Fowler, Noll and Vo's hash, a number at a time. */
    private void take(double value) {
        hash = (hash ^ Double.doubleToLongBits(value)) * PRIME;
        hash ^= hash >>> 32;
    }
}
