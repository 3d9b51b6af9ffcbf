package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** The tallies against figures computed by hand. */
class EvaluatorTest {

    @Test
    void macroF1IsTheMeanOverClassesThatOccur() {
        ClassTally tally = new ClassTally(4);
        int[] actual = {0, 0, 1, 1, 2};
        int[] predicted = {0, 1, 1, 1, 0};
        for (int i = 0; i < actual.length; i++) {
            tally.add(actual[i], predicted[i]);
        }
        // F1: class 0 2*1/(2+2), class 1 2*2/(2+3), class 2 0; class 3 does not occur.
        assertThat(tally.accuracy()).isEqualTo(0.6);
        assertThat(tally.macroF1()).isCloseTo((0.5 + 0.8 + 0) / 3, offset(1e-12));
    }

    @Test
    void r2ComparesWithTheMean() {
        NumberTally tally = new NumberTally();
        double[] actual = {1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 6};
        double[] predicted = {1e6 + 2, 1e6 + 2, 1e6 + 2, 1e6 + 4};
        for (int i = 0; i < actual.length; i++) {
            tally.add(actual[i], predicted[i]);
        }
        // Residuals -1 0 1 2: squares 6; around the mean 3: 4 + 1 + 0 + 9 = 14.
        assertThat(tally.r2()).isCloseTo(1 - 6 / 14.0, offset(1e-9));
        assertThat(tally.rmse()).isCloseTo(Math.sqrt(1.5), offset(1e-9));
        assertThat(tally.mae()).isCloseTo(1, offset(1e-9));
    }

    @Test
    void r2OfConstantNumbersIsUndefined() {
        NumberTally tally = new NumberTally();
        tally.add(5, 4);
        tally.add(5, 6);
        assertThat(tally.r2()).isNull();
    }
}
