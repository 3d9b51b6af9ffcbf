package io.twostep.matrix;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Asks products to prove themselves before they are trusted: a library built for other processors can load well and
 * compute nonsense.
 */
final class ProductsTrial {

    private static final int[][] SHAPES = {{67, 45, 83}, {1, 45, 83}, {67, 1, 83}, {5, 7, 11}};

    private ProductsTrial() {}

    /** Whether they agree with plain Java to the last bit, on factors so small and whole that every sum is exact. */
    static boolean passes(Products products) {
        return Arrays.stream(SHAPES).allMatch(shape -> passes(products, shape[0], shape[1], shape[2]));
    }

    private static boolean passes(Products products, int m, int n, int k) {
        Products java = new JavaProducts();
        FMatrixRMaj expected = new FMatrixRMaj(m, n);
        FMatrixRMaj actual = new FMatrixRMaj(m, n);

        java.multiply(whole(m, k), whole(k, n), expected);
        products.multiply(whole(m, k), whole(k, n), actual);
        if (!Arrays.equals(expected.data, actual.data)) {
            return false;
        }
        Arrays.fill(actual.data, Float.NaN);
        products.frozen(whole(k, n), new FMatrixRMaj(1, n)).apply(whole(m, k), actual);
        if (!Arrays.equals(expected.data, actual.data)) {
            return false;
        }
        Arrays.fill(actual.data, Float.NaN);
        products.affine(whole(m, k), whole(k, n), new FMatrixRMaj(1, n), actual, null);
        if (!Arrays.equals(expected.data, actual.data)) {
            return false;
        }
        java.multiplyTransA(whole(k, m), whole(k, n), expected, null, false);
        products.multiplyTransA(whole(k, m), whole(k, n), actual, null, false);
        if (!Arrays.equals(expected.data, actual.data)) {
            return false;
        }
        java.multiplyTransB(whole(m, k), whole(n, k), expected, null);
        products.multiplyTransB(whole(m, k), whole(n, k), actual, null);
        return Arrays.equals(expected.data, actual.data);
    }

    private static FMatrixRMaj whole(int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = i * 7 % 11 - 5;
        }
        return matrix;
    }

    /** Some numbers of both signs and of all sizes from 0.001 to 1, not soon repeated. */
    static float[] numbers(int count) {
        float[] numbers = new float[count];
        long state = count;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
            float number = (state >> 40) * 0x1p-23f;
            numbers[i] = number * Math.abs(number);
        }
        return numbers;
    }
}
