package io.twostep.features;

import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static io.twostep.features.TargetKind.CLASSIFICATION;
import static io.twostep.features.TargetKind.REGRESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetKindTest {

    @Test
    void takesTextForClasses() {
        assertThat(TargetKind.of(texts("species", "Adelie", null))).isEqualTo(CLASSIFICATION);
    }

    @Test
    void takesFewWholeNumbersForClasses() {
        assertThat(TargetKind.of(numbers("Survived", 0, 1, MISSING, 1))).isEqualTo(CLASSIFICATION);
        assertThat(TargetKind.of(wholeNumbers(20))).isEqualTo(CLASSIFICATION);
        assertThat(TargetKind.of(wholeNumbers(21))).isEqualTo(REGRESSION);
    }

    @Test
    void takesFractionsForNumber() {
        assertThat(TargetKind.of(numbers("x", 1, 2, 2.5))).isEqualTo(REGRESSION);
        assertThat(TargetKind.of(numbers("x", 1, Double.POSITIVE_INFINITY))).isEqualTo(REGRESSION);
    }

    @Test
    void followsWish() {
        assertThat(TargetKind.of(wholeNumbers(3), REGRESSION)).isEqualTo(REGRESSION);
        assertThat(TargetKind.of(wholeNumbers(30), CLASSIFICATION)).isEqualTo(CLASSIFICATION);
        assertThat(TargetKind.of(wholeNumbers(30), null)).isEqualTo(REGRESSION);
    }

    @Test
    void refusesToTakeTextForNumber() {
        assertThatThrownBy(() -> TargetKind.of(texts("species", "1", "2"), REGRESSION))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target column \"species\" holds text, which cannot be a number");
    }

    private static Numbers wholeNumbers(int distinct) {
        return numbers(
                "n", IntStream.range(0, 60).mapToDouble(row -> row % distinct).toArray());
    }
}
