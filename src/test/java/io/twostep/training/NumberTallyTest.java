package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberTallyTest {

    @Test
    void knowsNoBaselineWhoseSquaresAreTooLargeToAdd() {
        NumberTally tally = new NumberTally();
        for (int row = 0; row < 900; row++) {
            double actual = row % 2 == 0 ? 5e152 : -5e152;
            tally.add(actual, actual * 0.999);
        }

        assertThat(tally.rmse()).isFinite();
        assertThat(tally.baseline(0)).isNull();
    }

    @Test
    void knowsNoShareOfNumbersNextToNothing() {
        NumberTally tally = new NumberTally();
        tally.add(Double.MIN_VALUE, 1);

        assertThat(tally.mape()).isNull();
    }
}
