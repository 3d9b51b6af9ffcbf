package io.twostep.matrix;

import java.util.Arrays;
import java.util.function.BiConsumer;
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
        FMatrixRMaj a = whole(m, k);
        FMatrixRMaj b = whole(k, n);
        FMatrixRMaj none = new FMatrixRMaj(1, n);
        return agrees(products, m, n, (by, c) -> by.multiply(a, b, c))
                && agrees(products, m, n, (by, c) -> by.affine(a, b, none, c, null))
                && agrees(products, m, n, (by, c) -> by.frozen(b, none).apply(a, c))
                && agrees(products, m, n, (by, c) -> by.multiplyTransA(whole(k, m), b, c, null, false))
                && agrees(products, m, n, (by, c) -> by.multiplyTransB(a, whole(n, k), c, null));
    }

    private static boolean agrees(Products products, int m, int n, BiConsumer<Products, FMatrixRMaj> form) {
        FMatrixRMaj expected = new FMatrixRMaj(m, n);
        FMatrixRMaj actual = new FMatrixRMaj(m, n);
        Arrays.fill(actual.data, Float.NaN);
        form.accept(new JavaProducts(), expected);
        form.accept(products, actual);
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
