package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantilesTest {

    /** numpy.quantile([1, 2, 4, 8], [0, .25, .5, .75, 1]) */
    @Test
    void liesOnTheLineBetweenTwoNumbers() {
        double[] sorted = {1, 2, 4, 8};

        assertThat(Quantiles.at(sorted, 0)).isEqualTo(1);
        assertThat(Quantiles.at(sorted, 0.25)).isEqualTo(1.75);
        assertThat(Quantiles.at(sorted, 0.5)).isEqualTo(3);
        assertThat(Quantiles.at(sorted, 0.75)).isEqualTo(5);
        assertThat(Quantiles.at(sorted, 1)).isEqualTo(8);
    }

    @Test
    void takesHugeNumbers() {
        assertThat(Quantiles.at(new double[] {-1.5e308, 1.5e308}, 0.5)).isZero();
        assertThat(Quantiles.at(new double[] {7}, 0.75)).isEqualTo(7);
    }
}
