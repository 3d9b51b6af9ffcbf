package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AffineTest {

    private static final int[][] SHAPES = {
        {1, 1},
        {3, 5},
        {13, 100},
        {30, 64},
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

    /** On processors whose library packs every product. */
    @Test
    void asksRowByRowWhereTheLibraryAlwaysPacks() {
        FMatrixRMaj weights = matrix(30, 40, 1);
        FMatrixRMaj biases = matrix(1, 40, 2);
        BLAS blas = JavaBLAS.getInstance();
        FMatrixRMaj x = matrix(5, 30, 3);
        FMatrixRMaj y = new FMatrixRMaj(5, 40);
        new BlasAffine(blas, weights, biases, 0).apply(x, y);
        FMatrixRMaj expected = new FMatrixRMaj(5, 40);
        new JavaProducts().affine(x, weights, biases, expected, null);
        for (int i = 0; i < y.data.length; i++) {
            assertThat(y.data[i]).isCloseTo(expected.data[i], within(1e-4f));
        }
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
