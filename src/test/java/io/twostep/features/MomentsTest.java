package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @Test
    void findsMeanAndPopulationDeviation() {
        Moments moments = Moments.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9});

        assertThat(moments).isEqualTo(new Moments(5, 2));
    }

    @Test
    void keepsDigitsOfSmallDifferencesBetweenLargeValues() {
        Moments moments = Moments.of(new double[] {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});

        assertThat(moments.mean()).isEqualTo(1e9 + 10);
        assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(22.5), within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 0.1, -1e300, 1e-320, Double.MAX_VALUE})
    void seesNoDeviationInConstantColumn(double value) {
        for (int rows = 1; rows < 200; rows++) {
            double[] values = new double[rows];
            Arrays.fill(values, value);

            assertThat(Moments.of(values)).as("%d rows", rows).isEqualTo(new Moments(value, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MAX_VALUE, 1e308, 1e200, 1e-200, 1e-300})
    void neitherOverflowsNorVanishes(double size) {
        Moments moments = Moments.of(new double[] {size, size, -size, -size});

        assertThat(moments.mean()).isZero();
        assertThat(moments.standardDeviation()).isCloseTo(size, withPercentage(1e-12));
    }

    @Test
    void agreesWithExactArithmetic() {
        for (long seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            double offset = Math.scalb(random.nextGaussian(), random.nextInt(45));
            double[] values =
                    random.doubles(20_000).map(value -> offset + value).toArray();

            Moments moments = Moments.of(values);

            BigDecimal mean =
                    mean(Arrays.stream(values).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new));
            BigDecimal variance = mean(Arrays.stream(values)
                    .mapToObj(value -> new BigDecimal(value).subtract(mean).pow(2))
                    .toArray(BigDecimal[]::new));
            assertThat(moments.mean()).as("seed %d", seed).isCloseTo(mean.doubleValue(), withPercentage(1e-13));
            assertThat(moments.standardDeviation())
                    .as("seed %d", seed)
                    .isCloseTo(variance.sqrt(MathContext.DECIMAL64).doubleValue(), withPercentage(1e-10));
        }
    }

    private static BigDecimal mean(BigDecimal... values) {
        BigDecimal sum = Arrays.stream(values).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128);
    }
}
