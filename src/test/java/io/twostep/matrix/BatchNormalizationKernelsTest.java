package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class BatchNormalizationKernelsTest {

    private static final FMatrixRMaj GAINS = new FMatrixRMaj(1, 2, true, 2, -1);
    private static final FMatrixRMaj BIASES = new FMatrixRMaj(1, 2, true, 10, 0.5f);

    private final double[] kept = new double[2 * BatchNormalizationKernels.KEPT];

    /** Columns 1, 3, 5, 7 with the mean 4 and the variance 5, and 0, 0, 0, 8 with 2 and 12. */
    private final FMatrixRMaj x = new FMatrixRMaj(4, 2, true, 1, 0, 3, 0, 5, 0, 7, 8);

    private final FMatrixRMaj z = new FMatrixRMaj(4, 2);
    private final FMatrixRMaj normalized = new FMatrixRMaj(4, 2);

    @Test
    void givesEachColumnItsMeanAndVariance() {
        BatchNormalizationKernels.measure(x, kept);
        assertThat(kept).startsWith(4, 2, 5, 12);

        BatchNormalizationKernels.forward(x, GAINS, BIASES, 4, kept, z, normalized); // divided by 3 and by 4
        assertThat(normalized.data).containsExactly(-1, -0.5f, -1 / 3f, -0.5f, 1 / 3f, -0.5f, 1, 1.5f);
        assertThat(z.data).usingComparatorWithPrecision(1e-5f).containsExactly(8, 1, 28 / 3f, 1, 32 / 3f, 1, 12, -1);
    }

    /** Numbers far from 0 that hardly differ: sums of squares would lose them. */
    @Test
    void measuresWhatIsFarFromZero() {
        FMatrixRMaj far = new FMatrixRMaj(2, 1, true, 16_000_001, 16_000_003);
        BatchNormalizationKernels.measure(far, kept);
        assertThat(kept).startsWith(16_000_002, 1);
    }

    /** In the second column all deltas are alike: the mean takes them away. */
    @Test
    void takesMeanAndDirectionOutOfTheDeltas() {
        BatchNormalizationKernels.measure(x, kept);
        BatchNormalizationKernels.forward(x, GAINS, BIASES, 4, kept, z, normalized);
        FMatrixRMaj deltas = new FMatrixRMaj(4, 2, true, 1, 3, 2, 3, 0, 3, 5, 3);
        FMatrixRMaj before = new FMatrixRMaj(4, 2);

        BatchNormalizationKernels.back(deltas, GAINS, normalized, kept, before);

        double slope = (-1 - 2 / 3.0 + 5) / 4;
        for (int row = 0; row < 4; row++) {
            double expected = (deltas.get(row, 0) - 2 - normalized.get(row, 0) * slope) * 2 / 3;
            assertThat((double) before.get(row, 0)).isCloseTo(expected, within(1e-6));
            assertThat(before.get(row, 1)).isZero();
        }
    }

    @Test
    void movesTowardsTheUnbiasedVariance() {
        FMatrixRMaj mean = new FMatrixRMaj(1, 2);
        FMatrixRMaj variance = new FMatrixRMaj(1, 2, true, 1, 1);
        BatchNormalizationKernels.measure(x, kept);

        BatchNormalizationKernels.move(mean, variance, kept, 0.25, 4);

        assertThat(mean.data).containsExactly(1, 0.5f);
        assertThat(variance.data)
                .containsExactly((float) (0.75 + 0.25 * 5 * 4 / 3), (float) (0.75 + 0.25 * 12 * 4 / 3));
    }

    @Test
    void freezesIntoAFactorAndATerm() {
        FMatrixRMaj factors = new FMatrixRMaj(1, 2);
        FMatrixRMaj terms = new FMatrixRMaj(1, 2);
        FMatrixRMaj mean = new FMatrixRMaj(1, 2, true, 4, 2);
        FMatrixRMaj variance = new FMatrixRMaj(1, 2, true, 5, 12);
        BatchNormalizationKernels.measure(x, kept);
        BatchNormalizationKernels.forward(x, GAINS, BIASES, 4, kept, z, normalized);
        FMatrixRMaj frozen = new FMatrixRMaj(4, 2);

        BatchNormalizationKernels.freeze(GAINS, BIASES, mean, variance, 4, factors, terms);
        BatchNormalizationKernels.apply(x, factors, terms, frozen);

        assertThat(frozen.data).usingComparatorWithPrecision(1e-5f).containsExactly(z.data);
    }
}
