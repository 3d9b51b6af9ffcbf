package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NormalizationKernelsTest {

    private static final FMatrixRMaj ONES = new FMatrixRMaj(1, 4, true, 1, 1, 1, 1);
    private static final FMatrixRMaj ZEROS = new FMatrixRMaj(1, 4);

    @Test
    void givesEachRowTheMeanZeroAndTheVarianceOne() {
        FMatrixRMaj x = new FMatrixRMaj(2, 4, true, 1, 2, 3, 4, 16_777_210, 16_777_212, 16_777_214, 16_777_216);
        FMatrixRMaj z = new FMatrixRMaj(2, 4);

        NormalizationKernels.forward(x, ONES, ZEROS, 1e-12, z, null, null);

        float[] expected = {-1.3416407f, -0.4472136f, 0.4472136f, 1.3416407f};
        assertThat(z.data)
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(
                        expected[0],
                        expected[1],
                        expected[2],
                        expected[3],
                        expected[0],
                        expected[1],
                        expected[2],
                        expected[3]);
    }

    @Test
    void answersARowAloneAsAmongOthers() {
        FMatrixRMaj x = new FMatrixRMaj(2, 4, true, 0.1f, -2, 3, 0.7f, 9, 8, -7, 6);
        FMatrixRMaj both = new FMatrixRMaj(2, 4);
        FMatrixRMaj second = new FMatrixRMaj(1, 4);

        NormalizationKernels.forward(x, ONES, ONES, 1e-5, both, null, null);
        NormalizationKernels.forward(new FMatrixRMaj(1, 4, true, 9, 8, -7, 6), ONES, ONES, 1e-5, second, null, null);

        assertThat(second.data).containsExactly(both.data[4], both.data[5], both.data[6], both.data[7]);
    }

    @Test
    void staysFiniteWhereAllNumbersAreAlike() {
        FMatrixRMaj z = new FMatrixRMaj(1, 4);

        NormalizationKernels.forward(new FMatrixRMaj(1, 4, true, 5, 5, 5, 5), ONES, ZEROS, 1e-5, z, null, null);

        assertThat(z.data).usingComparatorWithPrecision(1e-6f).containsExactly(0, 0, 0, 0);
    }

    /** A step along the row's own direction, or along all units alike, changes nothing. */
    @Test
    void takesTheMeanAndTheSlopeOutOfTheDeltas() {
        FMatrixRMaj x = new FMatrixRMaj(1, 4, true, 1, 2, 3, 4);
        FMatrixRMaj normalized = new FMatrixRMaj(1, 4);
        double[] scales = new double[1];
        FMatrixRMaj before = new FMatrixRMaj(1, 4);
        NormalizationKernels.forward(x, ONES, ZEROS, 1e-12, new FMatrixRMaj(1, 4), normalized, scales);

        NormalizationKernels.back(new FMatrixRMaj(1, 4, true, 3, -1, 2, 0.5f), ONES, normalized, scales, before);

        double sum = 0;
        double product = 0;
        for (int j = 0; j < 4; j++) {
            sum += before.data[j];
            product += before.data[j] * normalized.data[j];
        }
        assertThat(sum).isCloseTo(0, within(1e-6));
        assertThat(product).isCloseTo(0, within(1e-6));
    }

    @Test
    void namesShapesThatDoNotFit() {
        FMatrixRMaj z = new FMatrixRMaj(1, 3);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> NormalizationKernels.forward(z, ONES, ZEROS, 1e-5, z, null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1 x 3]")
                .hasMessageContaining("[1 x 4]");
    }
}
