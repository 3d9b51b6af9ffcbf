package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of the products promises. */
abstract class ProductsContract {

    abstract Products products();

    static Stream<Example> examples() {
        Stream<Example> edges = Stream.of(
                        new int[] {1, 1, 1},
                        new int[] {1, 300, 200},
                        new int[] {300, 1, 200},
                        new int[] {300, 200, 1},
                        new int[] {1, 1, 5_000},
                        new int[] {7, 8, 7},
                        new int[] {8, 8, 8},
                        new int[] {20, 10, 2},
                        new int[] {8, 8, 32},
                        new int[] {2, 33, 31},
                        new int[] {3, 513, 33},
                        new int[] {70, 1_030, 65})
                .flatMap(size -> Example.all(size[0], size[1], size[2]));
        return Stream.concat(edges, Stream.concat(Example.random(60, 12), Example.random(20, 90)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void agreesWithDoublePrecision(Example example) {
        float[] actual = example.computedBy(products());

        double tolerance = 1e-7 * example.k() + 1e-6;
        for (int i = 0; i < example.m(); i++) {
            for (int j = 0; j < example.n(); j++) {
                assertThat((double) actual[i * example.n() + j])
                        .as("row %d, column %d", i, j)
                        .isCloseTo(example.exact(i, j), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheSameBitsAgain(Example example) {
        float[] first = example.computedBy(products());

        for (int i = 0; i < 3; i++) {
            byte[] elsewhereInMemory = new byte[8 * i];
            Example again = Example.of(example.form(), example.m(), example.n(), example.k());
            assertThat(again.computedBy(products()))
                    .as("with %d bytes between", elsewhereInMemory.length)
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesNoMoreOfAnArrayThanTheMatrixHas(Form form) {
        Example example = Example.of(form, 20, 30, 40);
        float[] expected = example.computedBy(products());
        FMatrixRMaj longer = new FMatrixRMaj(50, 50);
        Arrays.fill(longer.data, 7f);
        longer.reshape(20, 30);

        form.multiply(products(), example.a(), example.b(), longer);

        assertThat(Arrays.copyOf(longer.data, 600)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(longer.data, 600, 2_500)).containsOnly(7f);
    }

    @ParameterizedTest
    @EnumSource
    void writesZerosWhereThereIsNothingToSum(Form form) {
        Example example = Example.of(form, 4, 3, 0);

        assertThat(example.computedBy(products())).containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAnEmptyProductEmpty(Form form) {
        assertThat(Example.of(form, 0, 3, 4).computedBy(products())).isEmpty();
        assertThat(Example.of(form, 3, 0, 4).computedBy(products())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void spreadsNotANumberThroughZeroFactors(Form form) {
        for (int size : new int[] {3, 20, 70}) {
            Example example = Example.of(form, size, size, size);
            Arrays.fill(example.a().data, 0f);
            Arrays.fill(example.b().data, Float.NaN);

            assertThat(example.computedBy(products())).containsOnly(Float.NaN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesShapesThatDoNotFit(Form form) {
        Example example = Example.of(form, 4, 3, 2);
        FMatrixRMaj wrong = new FMatrixRMaj(5, 7);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.multiply(products(), example.a(), example.b(), wrong))
                .withMessageContaining("C is [5 x 7]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.multiply(products(), wrong, example.b(), example.c()))
                .withMessageContaining("A is [5 x 7]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> form.multiply(products(), example.a(), wrong, example.c()))
                .withMessageContaining("B is [5 x 7]");
    }

    static Stream<Example> straightExamples() {
        return examples().filter(example -> example.form() == Form.AB);
    }

    @ParameterizedTest
    @MethodSource("straightExamples")
    void addsTheRowOfAnAffineMap(Example example) {
        FMatrixRMaj row = new FMatrixRMaj(1, example.n());
        for (int j = 0; j < example.n(); j++) {
            row.data[j] = j % 7 - 3;
        }

        products().affine(example.a(), example.b(), row, example.c(), null);

        double tolerance = 2e-7 * example.k() + 2e-6;
        for (int i = 0; i < example.m(); i++) {
            for (int j = 0; j < example.n(); j++) {
                assertThat((double) example.c().get(i, j))
                        .isCloseTo(example.exact(i, j) + row.data[j], within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void makesATileAndNothingElse(Example example) {
        int i = example.m() / 3;
        int j = example.n() / 4;
        Tile tile = new Tile(i, Math.max(1, example.m() / 2), j, Math.max(1, example.n() / 2));
        Arrays.fill(example.c().data, 7f);

        example.form().multiply(products(), example.a(), example.b(), example.c(), tile);

        double tolerance = 1e-7 * example.k() + 1e-6;
        for (int row = 0; row < example.m(); row++) {
            for (int column = 0; column < example.n(); column++) {
                boolean inside = row >= i && row < i + tile.rows() && column >= j && column < j + tile.columns();
                assertThat((double) example.c().get(row, column))
                        .isCloseTo(inside ? example.exact(row, column) : 7, within(inside ? tolerance : 0));
            }
        }
    }

    @Test
    void addsToWhatIsThere() {
        for (int size : new int[] {3, 20, 70}) {
            Example example = Example.of(Form.TRANS_A, size, size, size);
            Arrays.fill(example.c().data, 5f);

            products().multiplyTransA(example.a(), example.b(), example.c(), null, true);

            assertThat((double) example.c().get(size - 1, 1)).isCloseTo(5 + example.exact(size - 1, 1), within(1e-5));
        }
    }

    @Test
    void refusesATileOutsideOfC() {
        Example example = Example.of(Form.AB, 4, 3, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> example.form()
                        .multiply(products(), example.a(), example.b(), example.c(), new Tile(2, 3, 0, 1)))
                .withMessageContaining("does not lie within C, which is [4 x 3]");
    }

    @Test
    void refusesToWriteOverAFactor() {
        FMatrixRMaj square = new FMatrixRMaj(3, 3);
        FMatrixRMaj other = new FMatrixRMaj(3, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> products().multiply(square, other, square))
                .withMessageContaining("over one of its factors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> products().multiplyTransA(other, square, square, null, false));
    }

    @Test
    void passesTheTrial() {
        assertThat(ProductsTrial.passes(products())).isTrue();
    }
}
