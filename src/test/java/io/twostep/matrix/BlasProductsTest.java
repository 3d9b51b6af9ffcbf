package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlasProductsTest extends ProductsContract {

    private static final int[][] SPLIT = {
        {700, 600, 650}, {1, 4_000, 3_000}, {4_000, 1, 3_000}, {3, 3_001, 4_001}, {17, 19, 500_000}, {3_000, 5_001, 9}
    };

    @BeforeEach
    void needsTheNativeLibrary() {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());
    }

    @Override
    Products products() {
        return Arithmetic.fast().products();
    }

    static Stream<Example> splitExamples() {
        return Stream.of(SPLIT).flatMap(size -> Example.all(size[0], size[1], size[2]));
    }

    @ParameterizedTest
    @MethodSource("splitExamples")
    void agreesWithPlainJavaWhereItIsSplit(Example example) {
        assertThat(BlasProducts.work(example.m(), example.n(), example.k())).isGreaterThan(BlasProducts.MOST_WORK);

        float[] actual = example.computedBy(products());
        float[] again = example.computedBy(products());
        float[] expected = example.computedBy(new JavaProducts());

        assertThat(actual).isEqualTo(again);
        double furthest = IntStream.range(0, actual.length)
                .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                .max()
                .orElseThrow();
        // The order of the terms differs, and a float sum of k random terms may be off by a share of k.
        assertThat(furthest).isLessThan(2e-8 * example.k() + 2e-5);
    }

    /** Several rows of a batch are cut so that none depends on how many go with it. */
    @Test
    void givesARowTheSameBitsHoweverManyGoWithIt() {
        assumeTrue(
                ((BlasProducts) products()).unpackedRows(256, 784) > 0,
                "the library has no kernels for this processor that do without packing");
        Example all = Example.of(Form.AB, 64, 256, 784);
        float[] together = all.computedBy(products());
        for (int rows = 2; rows < 64; rows++) {
            FMatrixRMaj a = new FMatrixRMaj(rows, 784);
            Kernels.copyRows(all.a(), 0, a);
            FMatrixRMaj c = new FMatrixRMaj(rows, 256);
            products().multiply(a, all.b(), c);

            assertThat(c.data).as("%d rows", rows).isEqualTo(Arrays.copyOf(together, rows * 256));
        }
    }

    @Test
    void computesOnTheCallersThreadAlone() {
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
    }

    /** Another copy of the library would have its own number of threads. */
    @Test
    void loadsOneCopyOfTheLibrary() throws Exception {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.isReadable(maps), "Linux tells what is loaded, others do not");

        try (Stream<String> lines = Files.lines(maps)) {
            List<String> files = lines.map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .filter(file -> file.contains("/libopenblas"))
                    .distinct()
                    .toList();
            assertThat(files).hasSize(1);
        }
    }
}
