package io.twostep.features;

import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import org.junit.jupiter.api.Test;

class NumericTest {

    @Test
    void takesMeanAndDeviationOfColumnCompletedWithMedian() {
        Numbers column = numbers("age", 2, MISSING, 4, 12, 2); // median of 2 2 4 12 is 3; completed: 2 3 4 12 2

        Numeric age = Numeric.fit(column);

        assertThat(age.median()).isEqualTo(3);
        assertThat(age.mean()).isEqualTo(4.6);
        assertThat(age.standardDeviation()).isEqualTo(Math.sqrt(14.24)); // 2.6² + 1.6² + 0.6² + 7.4² + 2.6² = 71.2
    }

    @Test
    void standardises() {
        Numeric feature = new Numeric("x", 3, 5, 2);

        assertThat(encode(feature, numbers("x", 5, 7, 4, MISSING))).containsExactly(0f, 1f, -0.5f, -1f);
        assertThat(feature.inputNames()).containsExactly("x");
    }

    @Test
    void knowsOneZero() {
        assertThat(encode(new Numeric("x", 0, 0, 1), numbers("x", -0.0, 0.0, -1e-300)))
                .containsExactly(0f, 0f, 0f);
    }

    @Test
    void remembersTheRangeOfTheTrainingRows() {
        Numeric age = Numeric.fit(numbers("age", 2, MISSING, -4, 12));

        assertThat(age.min()).isEqualTo(-4);
        assertThat(age.max()).isEqualTo(12);
    }

    @Test
    void takesMiddleOfOddNumberOfValues() {
        assertThat(Numeric.fit(numbers("x", 9, MISSING, 1, 2)).median()).isEqualTo(2);
    }

    @Test
    void encodesConstantColumnAsZero() {
        Numeric feature = Numeric.fit(numbers("p00", 0.1, 0.1, 0.1, MISSING));

        assertThat(feature.standardDeviation()).isZero();
        assertThat(encode(feature, numbers("p00", 0.1, MISSING))).containsExactly(0f, 0f);
        assertThat(encode(feature, numbers("p00", 2.1))).as("divided by 1").containsExactly(2f);
    }

    @Test
    void encodesColumnThatWasEntirelyMissing() {
        Numeric feature = Numeric.fit(numbers("x", MISSING, MISSING));

        assertThat(feature).isEqualTo(new Numeric("x", 0, 0, 0));
        assertThat(encode(feature, numbers("x", MISSING, 1))).containsExactly(0f, 1f);
    }

    @Test
    void standardisesHugeNumbers() {
        Numbers column = numbers("x", 1e308, -1e308, MISSING);

        assertThat(encode(Numeric.fit(numbers("x", 1e308, -1e308)), column)).containsExactly(1f, -1f, 0f);
    }

    @Test
    void refusesValueThatOverflowsSinglePrecision() {
        Numeric feature = new Numeric("width/mm", 0, 0, 1);

        assertThatThrownBy(() -> encode(feature, numbers("width/mm", 1, 1e308)))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.pointer()).isEqualTo("/1/width~1mm");
                        assertThat(problem.detail()).contains("\"width/mm\"", "1.0E308");
                    });
                });
    }

    @Test
    void refusesInfiniteNumberInTraining() {
        assertThatThrownBy(() -> Numeric.fit(numbers("x", 1, Double.NEGATIVE_INFINITY, MISSING)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/x column \"x\" holds an infinite number");
        assertThatThrownBy(() -> Numeric.fit(numbers("x", 1, Double.POSITIVE_INFINITY, MISSING)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesText() {
        Numeric feature = new Numeric("x", 0, 0, 1);

        assertThatThrownBy(() -> encode(feature, texts("x", "1")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/x column \"x\" must hold numbers but holds text");
    }

    @Test
    void refusesParametersThatAreNotFinite() {
        assertThatThrownBy(() -> new Numeric("x", Double.NaN, Double.POSITIVE_INFINITY, -1))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems()).hasSize(3));
    }
}
