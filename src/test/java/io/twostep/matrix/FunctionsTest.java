package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
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
