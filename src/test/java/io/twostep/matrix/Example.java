package io.twostep.matrix;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/** One product with random factors, reproducible from its shape. C starts as not-a-number, so that a gap shows. */
record Example(Form form, int m, int n, int k, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {

    static Example of(Form form, int m, int n, int k) {
        Random random = new Random(31L * (31L * m + n) + k);
        FMatrixRMaj c = new FMatrixRMaj(m, n);
        Arrays.fill(c.data, Float.NaN);
        return new Example(form, m, n, k, filled(form.a(m, k), random), filled(form.b(k, n), random), c);
    }

    /** All three forms of one shape. */
    static Stream<Example> all(int m, int n, int k) {
        return Stream.of(Form.values()).map(form -> of(form, m, n, k));
    }

    /** Random shapes of up to {@code most} a side, the same at every run. */
    static Stream<Example> random(int count, int most) {
        Random random = new Random(most);
        return IntStream.range(0, count)
                .mapToObj(i -> new int[] {random.nextInt(most), random.nextInt(most), random.nextInt(most)})
                .flatMap(size -> all(1 + size[0], 1 + size[1], 1 + size[2]));
    }

    private static FMatrixRMaj filled(FMatrixRMaj matrix, Random random) {
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = random.nextFloat() - 0.5f;
        }
        return matrix;
    }

    float[] computedBy(Products products) {
        form.multiply(products, a, b, c);
        return c.data.clone();
    }

    /** The sum that makes number (i, j), in double precision. */
    double exact(int i, int j) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
            sum += (double) form.a(a, i, p) * form.b(b, p, j);
        }
        return sum;
    }

    /** The same in single precision, term after term. */
    float[] inOrder() {
        float[] sums = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    sums[i * n + j] += form.a(a, i, p) * form.b(b, p, j);
                }
            }
        }
        return sums;
    }

    @Override
    public String toString() {
        return form + " m=" + m + " n=" + n + " k=" + k;
    }
}
