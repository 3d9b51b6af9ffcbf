package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

    static Stream<Functions> both() {
        return Stream.of(new FastFunctions(), new PortableFunctions());
    }

    @ParameterizedTest
    @MethodSource("both")
    void agreesWithTheJdk(Functions functions) {
        for (double x = 0.015625; x < 20; x += 0.34375) {
            assertThat(functions.exp(-x)).isCloseTo(StrictMath.exp(-x), within(1e-15));
            assertThat(functions.expm1(-x)).isCloseTo(StrictMath.expm1(-x), within(1e-15));
            assertThat(functions.log(x)).isCloseTo(StrictMath.log(x), within(1e-14));
            assertThat(functions.log1p(x)).isCloseTo(StrictMath.log1p(x), within(1e-14));
            assertThat(functions.tanh(x)).isCloseTo(StrictMath.tanh(x), within(1e-15));
        }
    }

    @Test
    void isRightToTheLastPlaceButOne() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = i % 2 == 0 ? 1400 * random.nextDouble() - 700 : 4 * random.nextGaussian();
            double exp = StrictMath.exp(x);
            assertThat(Math.abs(Exponential.exp(x) - exp)).as("exp(%s)", x).isLessThanOrEqualTo(2 * Math.ulp(exp));
            double tiny = Math.scalb(random.nextGaussian(), -random.nextInt(60));
            double tanh = StrictMath.tanh(tiny);
            assertThat(Exponential.tanh(tiny))
                    .as("tanh(%s)", tiny)
                    .isCloseTo(tanh, within(Math.min(3e-16, 4e-14 * Math.abs(tanh))));
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void knowsTheEndsOfNumbers(Functions functions) {
        for (double x : new double[] {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0,
            699.999,
            700,
            710,
            -699.999,
            -700,
            -740,
            -750,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE
        }) {
            double exp = StrictMath.exp(x);
            if (Double.isFinite(exp)) {
                assertThat(functions.exp(x)).as("exp(%s)", x).isCloseTo(exp, within(2 * Math.ulp(exp)));
            } else {
                assertThat(functions.exp(x)).as("exp(%s)", x).isEqualTo(Double.valueOf(exp));
            }
            assertThat(functions.tanh(x)).as("tanh(%s)", x).isEqualTo(Double.valueOf(StrictMath.tanh(x)));
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void findsTheErrorFunction(Functions functions) {
        for (double x = -5.5; x <= 5.5; x += 0.03125) {
            assertThat(functions.erf(x)).as("erf(%s)", x).isCloseTo(series(x), within(1e-14));
        }
        assertThat(functions.erf(1)).isCloseTo(0.842700792949714869, within(1e-14));
        assertThat(functions.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(functions.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(functions.erf(Double.NaN)).isNaN();
    }

    /** 2 / sqrt(pi) exp(-x^2) times the sum of 2^n x^(2n+1) / (1 · 3 · … · (2n+1)), all of one sign. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
