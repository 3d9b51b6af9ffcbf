package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AffineTest {

    private static final int[][] SHAPES = {
        {1, 1},
        {3, 5},
        {13, 100},
        {30, 64},
        {40, 20},
        {64, 1},
        {64, 32},
        {128, 10},
        {130, 17},
        {256, 128},
        {600, 1},
        {784, 256},
        {784, 300},
        {1000, 700}
    };

    /** Few, some, and more than any block, with a rest. */
    private static final List<Integer> ROWS = List.of(1, 2, 3, 4, 5, 7, 16, 33, 64, 255, 257, 519);

    private static final int MOST_NUMBERS = 4_000_000;

    static Stream<Arguments> cases() {
        return Stream.of(Arithmetic.fast(), Arithmetic.portable())
                .flatMap(arithmetic ->
                        Arrays.stream(SHAPES).map(shape -> Arguments.of(arithmetic.products(), shape[0], shape[1])));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRowHasTheSameBitsAloneAndAmongOthers(Products products, int inputs, int outputs) {
        Affine affine = products.frozen(matrix(inputs, outputs, 1), matrix(1, outputs, 2));
        int most = Math.max(7, Math.min(ROWS.get(ROWS.size() - 1), MOST_NUMBERS / inputs / 8));
        FMatrixRMaj all = matrix(most, inputs, 3);
        FMatrixRMaj alone = new FMatrixRMaj(all.numRows, outputs);
        for (int row = 0; row < all.numRows; row++) {
            FMatrixRMaj one = new FMatrixRMaj(1, outputs);
            affine.apply(rows(all, row, 1), one);
            System.arraycopy(one.data, 0, alone.data, row * outputs, outputs);
        }
        for (int count : ROWS.stream().filter(rows -> rows <= most).toList()) {
            FMatrixRMaj together = new FMatrixRMaj(count, outputs);
            affine.apply(rows(all, 0, count), together);
            assertThat(together.data).isEqualTo(Arrays.copyOf(alone.data, count * outputs));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheProductAndTheBiases(Products products, int inputs, int outputs) {
        FMatrixRMaj weights = matrix(inputs, outputs, 1);
        FMatrixRMaj biases = matrix(1, outputs, 2);
        FMatrixRMaj x = matrix(9, inputs, 3);
        FMatrixRMaj y = new FMatrixRMaj(9, outputs);
        products.frozen(weights, biases).apply(x, y);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < outputs; j++) {
                double sum = biases.get(0, j);
                for (int p = 0; p < inputs; p++) {
                    sum += (double) x.get(i, p) * weights.get(p, j);
                }
                assertThat((double) y.get(i, j)).isCloseTo(sum, within(1e-4 * Math.sqrt(inputs)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesShapesThatDoNotFit(Products products, int inputs, int outputs) {
        Affine affine = products.frozen(matrix(inputs, outputs, 1), matrix(1, outputs, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> affine.apply(new FMatrixRMaj(2, inputs + 1), new FMatrixRMaj(2, outputs)))
                .withMessageContaining("[2 x " + (inputs + 1) + "]");
    }

    /** On processors whose library packs every product, and does not fuse as Java does. */
    @Test
    void asksRowByRowWhereTheLibraryAlwaysPacks() {
        FMatrixRMaj weights = matrix(30, 40, 1);
        FMatrixRMaj biases = matrix(1, 40, 2);
        BLAS blas = JavaBLAS.getInstance();
        FMatrixRMaj x = matrix(5, 30, 3);
        FMatrixRMaj y = new FMatrixRMaj(5, 40);
        new BlasRowAffine(blas, weights, biases).apply(x, y);
        FMatrixRMaj expected = new FMatrixRMaj(5, 40);
        new JavaProducts().affine(x, weights, biases, expected, null);
        for (int i = 0; i < y.data.length; i++) {
            assertThat(y.data[i]).isCloseTo(expected.data[i], within(1e-4f));
        }
    }

    static Stream<Arguments> shapes() {
        return Arrays.stream(SHAPES).map(shape -> Arguments.of(shape[0], shape[1]));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void inJavaHasTheBitsOfTheProduct(int inputs, int outputs) {
        FMatrixRMaj weights = matrix(inputs, outputs, 1);
        FMatrixRMaj biases = matrix(1, outputs, 2);
        FMatrixRMaj x = matrix(3, inputs, 3);
        FMatrixRMaj expected = new FMatrixRMaj(3, outputs);
        new JavaProducts().affine(x, weights, biases, expected, null);
        FMatrixRMaj y = new FMatrixRMaj(3, outputs);
        new JavaProducts().frozen(weights, biases).apply(x, y);
        assertThat(y.data).isEqualTo(expected.data);
    }

    /** On processors whose library packs every product, and fuses. */
    @ParameterizedTest
    @CsvSource({"30, 40", "300, 32", "70, 300"})
    void asksForManyRowsAtOnceWhereTheLibraryFusesAsJavaDoes(int inputs, int outputs) {
        List<Integer> asked = new ArrayList<>();
        FMatrixRMaj weights = matrix(inputs, outputs, 1);
        Affine affine = Objects.requireNonNull(
                new BlasFusion(library(Math::fma, 256, asked)).frozen(weights, matrix(1, outputs, 2)));
        FMatrixRMaj x = matrix(300, inputs, 3);
        Arrays.fill(x.data, 0, inputs / 2, 0f);
        FMatrixRMaj together = new FMatrixRMaj(300, outputs);
        asked.clear();
        affine.apply(x, together);
        assertThat(asked).contains(264, 36).doesNotContain(12);
        FMatrixRMaj expected = new FMatrixRMaj(300, outputs);
        new JavaProducts().affine(x, weights, matrix(1, outputs, 2), expected, null);
        for (int row = 0; row < 300; row += 23) {
            FMatrixRMaj alone = new FMatrixRMaj(1, outputs);
            asked.clear();
            affine.apply(rows(x, row, 1), alone);
            assertThat(asked).isEmpty();
            assertThat(alone.data)
                    .isEqualTo(Arrays.copyOfRange(together.data, row * outputs, (row + 1) * outputs))
                    .usingComparatorWithPrecision(1e-3f)
                    .containsExactly(Arrays.copyOfRange(expected.data, row * outputs, (row + 1) * outputs));
        }
    }

    @Test
    void asksForRowsBehindTheLastWhereThereIsRoom() {
        List<Integer> asked = new ArrayList<>();
        Affine affine = Objects.requireNonNull(
                new BlasFusion(library(Math::fma, 256, asked)).frozen(matrix(30, 40, 1), matrix(1, 40, 2)));
        FMatrixRMaj x = matrix(36, 30, 3);
        FMatrixRMaj expected = new FMatrixRMaj(31, 40);
        affine.apply(rows(x, 0, 31), expected);
        x.reshape(31, 30);
        FMatrixRMaj y = new FMatrixRMaj(31, 40);
        asked.clear();
        affine.apply(x, y);
        assertThat(asked).containsOnly(36);
        assertThat(y.data).isEqualTo(expected.data);
    }

    /** Zeros are left out in Java, which no sum may show. */
    @Test
    void aWeightThatIsNoNumberSpreadsAloneAndAmongOthers() {
        FMatrixRMaj weights = matrix(30, 40, 1);
        weights.set(7, 3, Float.POSITIVE_INFINITY);
        FMatrixRMaj biases = matrix(1, 40, 2);
        biases.set(0, 5, -0f);
        Affine affine = Objects.requireNonNull(
                new BlasFusion(library(Math::fma, 256, new ArrayList<>())).frozen(weights, biases));
        FMatrixRMaj y = new FMatrixRMaj(24, 40);
        affine.apply(new FMatrixRMaj(24, 30), y);
        FMatrixRMaj alone = new FMatrixRMaj(1, 40);
        affine.apply(new FMatrixRMaj(1, 30), alone);
        assertThat(alone.get(0, 3)).isNaN();
        assertThat(alone.data).isEqualTo(Arrays.copyOf(y.data, 40));
    }

    /** A product that vanishes leaves a negative zero, and the next one, which is left out, would make it positive. */
    @Test
    void aZeroHasTheSameSignAloneAndAmongOthers() {
        FMatrixRMaj weights = new FMatrixRMaj(2, 40);
        Arrays.fill(weights.data, 0, 40, -1e-30f);
        Arrays.fill(weights.data, 40, 80, 1e-30f);
        FMatrixRMaj biases = new FMatrixRMaj(1, 40);
        Arrays.fill(biases.data, -0f);
        Affine affine = Objects.requireNonNull(
                new BlasFusion(library(Math::fma, 256, new ArrayList<>())).frozen(weights, biases));
        FMatrixRMaj x = new FMatrixRMaj(24, 2);
        for (int row = 0; row < 24; row++) {
            x.set(row, 0, 1e-30f);
        }
        FMatrixRMaj y = new FMatrixRMaj(24, 40);
        affine.apply(x, y);
        FMatrixRMaj alone = new FMatrixRMaj(1, 40);
        affine.apply(rows(x, 0, 1), alone);
        assertThat(alone.data).isEqualTo(Arrays.copyOf(y.data, 40));
    }

    @Test
    void leavesALibraryAloneThatDoesNotFuse() {
        BlasFusion fusion = new BlasFusion(library((a, b, sum) -> a * b + sum, 256, new ArrayList<>()));
        assertThat(fusion.suits(100, 40)).isFalse();
        assertThat(fusion.frozen(matrix(100, 40, 1), matrix(1, 40, 2))).isNull();
    }

    @Test
    void leavesALibraryAloneThatCutsEverySum() {
        BlasFusion fusion = new BlasFusion(library(Math::fma, 16, new ArrayList<>()));
        assertThat(fusion.suits(100, 40)).isTrue();
        assertThat(fusion.frozen(matrix(100, 40, 1), matrix(1, 40, 2))).isNull();
    }

    @Test
    void fusesOnlyWhereTheLibraryPacksAndMapsAreWorthIt() {
        Products products = new BlasProducts(library(Math::fma, 256, new ArrayList<>()));
        assertThat(products.frozen(matrix(40, 32, 1), matrix(1, 32, 2))).isInstanceOf(BlasFusedAffine.class);
        assertThat(products.frozen(matrix(40, 31, 1), matrix(1, 31, 2))).isInstanceOf(BlasRowAffine.class);
        assertThat(products.frozenNumbers(40, 32)).isEqualTo(40 * (32 + 6) + 40 * (8 + 32 + 8));
        assertThat(products.frozenNumbers(40, 31)).isEqualTo(40 * 31);
        assertThat(products.frozenNumbers(20_000, 40)).isEqualTo(20_000 * 40);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesBiasesThatDoNotFit(Products products, int inputs, int outputs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> products.frozen(matrix(inputs, outputs, 1), matrix(1, outputs + 1, 2)))
                .withMessageContaining("[1 x " + (outputs + 1) + "]");
    }

    private interface Term {
        float added(float a, float b, float sum);
    }

    /**
     * In the manner of OpenBLAS's kernels for AVX2: at the edges it has two sums, of the even terms and of the odd.
     *
     * @param depth how many terms it adds before their sum is
     */
    private static BLAS library(Term term, int depth, List<Integer> asked) {
        return MadeUpBlas.of(
                (call, i, j, c) -> {
                    boolean edge = i < 8 || i >= call.m() - 8 || j >= call.n() / 12 * 12;
                    float total = c;
                    for (int from = 0; from < call.k(); from += depth) {
                        float[] sums = new float[2];
                        for (int p = from; p < Math.min(call.k(), from + depth); p++) {
                            int side = edge ? p % 2 : 0;
                            sums[side] = term.added(call.left(i, p), call.right(p, j), sums[side]);
                        }
                        total += sums[0] + sums[1];
                    }
                    return total;
                },
                asked);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNotWrittenOverItsInputs(Products products, int inputs, int outputs) {
        Affine affine = products.frozen(matrix(inputs, outputs, 1), matrix(1, outputs, 2));
        FMatrixRMaj x = matrix(1, inputs, 3);
        FMatrixRMaj y = new FMatrixRMaj(1, outputs);
        y.data = x.data;
        assertThatIllegalArgumentException().isThrownBy(() -> affine.apply(x, y));
    }

    /** Each with rows of its own, and with a small product of training between them. */
    @Test
    void threadsThatAskAtOnceGetTheBitsThatEachGetsAlone() {
        Products products = Arithmetic.fast().products();
        FMatrixRMaj weights = matrix(784, 256, 1);
        FMatrixRMaj small = matrix(8, 8, 4);
        Affine affine = products.frozen(weights, matrix(1, 256, 2));
        List<FMatrixRMaj> xs =
                IntStream.range(0, 4).mapToObj(i -> matrix(20, 784, 10 + i)).toList();
        List<float[]> expected =
                xs.stream().map(x -> answers(products, affine, x, small)).toList();
        List<CompletableFuture<Void>> askers = IntStream.range(0, xs.size())
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < 300; round++) {
                                assertThat(answers(products, affine, xs.get(i), small))
                                        .isEqualTo(expected.get(i));
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        askers.forEach(CompletableFuture::join);
    }

    private static float[] answers(Products products, Affine affine, FMatrixRMaj x, FMatrixRMaj small) {
        FMatrixRMaj y = new FMatrixRMaj(x.numRows, 256);
        affine.apply(x, y);
        FMatrixRMaj product = new FMatrixRMaj(32, 8);
        products.multiply(FMatrixRMaj.wrap(32, 8, Arrays.copyOf(y.data, 256)), small, product);
        float[] all = Arrays.copyOf(y.data, y.data.length + product.data.length);
        System.arraycopy(product.data, 0, all, y.data.length, product.data.length);
        return all;
    }

    private static FMatrixRMaj rows(FMatrixRMaj of, int from, int count) {
        FMatrixRMaj rows = new FMatrixRMaj(count, of.numCols);
        Kernels.copyRows(of, from, rows);
        return rows;
    }

    private static FMatrixRMaj matrix(int rows, int columns, long seed) {
        RandomStream random = RandomStream.of(seed, RandomStream.Purpose.SPLIT);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }
}
