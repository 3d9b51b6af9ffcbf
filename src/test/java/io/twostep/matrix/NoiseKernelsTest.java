package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseKernelsTest {

    private static final int ROWS = 500;
    private static final int COLUMNS = 211;
    private static final long KEY = 7;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void dropsTheShareThatIsSaidAndKeepsTheMean(double rate) {
        FMatrixRMaj x = ones();

        NoiseKernels.drop(x, null, rate, KEY, 0, null);

        long zeros = count(x, 0);
        assertThat((double) zeros / x.data.length).isCloseTo(rate, within(0.01));
        assertThat(sum(x, 1) / (x.data.length - zeros)).isCloseTo(1 / (1 - rate), within(1e-5));
    }

    @Test
    void dropsNothingAtRateZero() {
        FMatrixRMaj x = ones();

        NoiseKernels.drop(x, null, 0, KEY, 0, null);

        assertThat(count(x, 1)).isEqualTo(x.data.length);
    }

    @Test
    void staysFiniteAtTheGreatestRate() {
        FMatrixRMaj x = ones();

        NoiseKernels.drop(x, null, Math.nextDown(1.0), KEY, 0, null);

        assertThat(Kernels.allFinite(x)).isTrue();
    }

    @Test
    void multipliesTheSlopesByTheSameFactors() {
        FMatrixRMaj x = ones();
        FMatrixRMaj slopes = ones();

        NoiseKernels.drop(x, slopes, 0.3, KEY, 0, null);

        assertThat(slopes.data).containsExactly(x.data);
    }

    @Test
    void addsANormalDistribution() {
        FMatrixRMaj x = new FMatrixRMaj(ROWS, COLUMNS);

        NoiseKernels.addGaussian(x, 2, KEY, 0, null);

        double mean = sum(x, 1) / x.data.length;
        assertThat(mean).isCloseTo(0, within(0.03));
        assertThat(Math.sqrt(sum(x, 2) / x.data.length)).isCloseTo(2, within(0.03));
        assertThat(sum(x, 4) / x.data.length / 16).as("kurtosis").isCloseTo(3, within(0.1));
    }

    @Test
    void drawsTheSameInShardsAndTiles() {
        FMatrixRMaj dropped = ones();
        NoiseKernels.drop(dropped, null, 0.4, KEY, 0, null);
        NoiseKernels.addGaussian(dropped, 0.1, KEY + 1, 0, null);

        FMatrixRMaj shard = new FMatrixRMaj(ROWS - 123, COLUMNS);
        Arrays.fill(shard.data, 1);
        for (Tile tile : new Tile[] {new Tile(0, 377, 0, 16), new Tile(0, 77, 16, 195), new Tile(77, 300, 16, 195)}) {
            NoiseKernels.drop(shard, null, 0.4, KEY, 123, tile);
            NoiseKernels.addGaussian(shard, 0.1, KEY + 1, 123, tile);
        }

        assertThat(shard.data).containsExactly(Arrays.copyOfRange(dropped.data, 123 * COLUMNS, ROWS * COLUMNS));
    }

    @Test
    void drawsOtherwiseWithAnotherKey() {
        FMatrixRMaj one = ones();
        FMatrixRMaj other = ones();

        NoiseKernels.drop(one, null, 0.5, KEY, 0, null);
        NoiseKernels.drop(other, null, 0.5, KEY + 1, 0, null);

        long same = 0;
        for (int i = 0; i < one.data.length; i++) {
            same += one.data[i] == other.data[i] ? 1 : 0;
        }
        assertThat((double) same / one.data.length).isCloseTo(0.5, within(0.01));
    }

    /** Points of the standard normal distribution, to the seven digits that the algorithm promises. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.75, 0.6744897502",
        "0.925, 1.439531471",
        "0.975, 1.959963985",
        "0.001, -3.090232306",
        "1e-10, -6.361340902",
        "1e-12, -7.034483825"
    })
    void knowsTheQuantiles(double p, double expected) {
        assertThat(NormalQuantile.of(p)).isCloseTo(expected, within(2e-6));
    }

    private static FMatrixRMaj ones() {
        FMatrixRMaj x = new FMatrixRMaj(ROWS, COLUMNS);
        Arrays.fill(x.data, 1);
        return x;
    }

    private static long count(FMatrixRMaj x, float value) {
        long count = 0;
        for (float number : x.data) {
            count += number == value ? 1 : 0;
        }
        return count;
    }

    private static double sum(FMatrixRMaj x, int power) {
        double sum = 0;
        for (float number : x.data) {
            sum += Math.pow(number, power);
        }
        return sum;
    }
}
