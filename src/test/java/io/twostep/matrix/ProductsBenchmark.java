package io.twostep.matrix;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Times products in plain Java and in the native library side by side, in nanoseconds a call; from its table came
 * {@link BlasProducts#NATIVE_FROM} and the bounds in {@link JavaProducts}.
 *
 * <p>Run it with the class path of the tests; the argument {@code large} chooses the larger sizes.
 */
final class ProductsBenchmark {

    private static final int[][] SMALL = {
        {4, 4, 4},
        {8, 4, 4},
        {6, 6, 6},
        {8, 8, 4},
        {32, 2, 4},
        {32, 4, 2},
        {20, 4, 4},
        {8, 8, 6},
        {32, 3, 4},
        {8, 8, 8},
        {32, 4, 4},
        {32, 8, 2},
        {10, 10, 8},
        {32, 8, 4},
        {16, 8, 8},
        {32, 16, 4},
        {16, 16, 8},
        {32, 8, 16},
        {16, 16, 16},
        {1, 16, 16},
        {1, 32, 12},
        {1, 32, 16},
        {1, 32, 24},
        {1, 32, 32},
        {16, 1, 16},
        {32, 1, 16},
        {64, 1, 16},
    };

    private static final int[][] LARGE = {
        {64, 64, 64},
        {128, 128, 128},
        {512, 256, 784},
        {64, 256, 784},
        {512, 10, 256},
        {1, 256, 784},
        {512, 512, 512},
        {1024, 1024, 1024},
        {1, 1448, 4096},
        {1, 4096, 4096},
        {4, 4096, 4096},
        {4096, 1, 4096},
    };

    private ProductsBenchmark() {}

    public static void main(String[] arguments) {
        Products blas = NativeBlas.load().products();
        if (!(blas instanceof BlasProducts)) {
            throw new IllegalStateException("no native library to compare with");
        }
        Products everythingNative = ((BlasProducts) blas).nativeFrom(1);
        int[][] sizes = arguments.length > 0 && arguments[0].equals("large") ? LARGE : SMALL;
        table(sizes, new JavaProducts(), everythingNative, 20, false);
        table(sizes, new JavaProducts(), everythingNative, 300, true);
    }

    private static void table(int[][] sizes, Products java, Products blas, int milliseconds, boolean shown) {
        Stream.of(sizes).flatMap(size -> Example.all(size[0], size[1], size[2])).forEach(example -> {
            double inJava = time(example, java, milliseconds);
            double inBlas = time(example, blas, milliseconds);
            long multiplications = (long) example.m() * example.n() * example.k();
            if (shown) {
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %5d %5d %5d %10d  java %9.0f ns %6.1f GFLOP/s  native %9.0f ns %6.1f GFLOP/s%n",
                        example.form(),
                        example.m(),
                        example.n(),
                        example.k(),
                        multiplications,
                        inJava,
                        2 * multiplications / inJava,
                        inBlas,
                        2 * multiplications / inBlas);
            }
        });
    }

    /** The best of ten rounds. */
    private static double time(Example example, Products products, int milliseconds) {
        int calls = calls(example, products, milliseconds);
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                example.form().multiply(products, example.a(), example.b(), example.c());
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) calls);
        }
        return best;
    }

    /** Warms up, and finds how many calls fill a tenth of the time. */
    private static int calls(Example example, Products products, int milliseconds) {
        long start = System.nanoTime();
        int calls = 0;
        while (System.nanoTime() - start < milliseconds * 1_000_000L) {
            example.form().multiply(products, example.a(), example.b(), example.c());
            calls++;
        }
        return Math.max(1, calls / 10);
    }
}
