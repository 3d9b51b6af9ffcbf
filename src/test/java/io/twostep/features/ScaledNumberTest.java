package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import org.junit.jupiter.api.Test;

class ScaledNumberTest {

    private static final MissingNumber MEDIAN = new MissingNumber.Median();

    @Test
    void mapsTrainingRowsToZeroToOne() {
        ScaledNumber feature = ScaledNumber.fit(numbers("x", 3, -1, 7, MISSING), NumberScaling.MIN_MAX, MEDIAN);

        assertThat(encode(feature, numbers("x", -1, 7, 1, MISSING, 15))).containsExactly(0f, 1f, 0.25f, 0.5f, 2f);
    }

    @Test
    void putsAConstantIntoTheRangeThatItIsScaledBy() {
        ScaledNumber feature =
                ScaledNumber.fit(numbers("x", 3, 7, MISSING), NumberScaling.MIN_MAX, new MissingNumber.Constant(-1));

        assertThat(encode(feature, numbers("x", MISSING, 7, 3))).containsExactly(0f, 1f, 0.5f);
    }

    @Test
    void measuresByTheQuartilesOfTheValuesPresent() {
        ScaledNumber feature = ScaledNumber.fit(
                numbers("x", 1, 2, MISSING, MISSING, MISSING, 3, 4, 1e9), NumberScaling.ROBUST, MEDIAN);

        assertThat(feature.center()).isEqualTo(3);
        assertThat(feature.scale()).isEqualTo(2); // quartiles 2 and 4
        assertThat(encode(feature, numbers("x", 3, 5, MISSING))).containsExactly(0f, 1f, 0f);
    }

    @Test
    void drawsInBothTails() {
        ScaledNumber feature = ScaledNumber.fit(
                numbers("x", Math.E - 1, 1 - Math.E, 0, 0), NumberScaling.LOG, new MissingNumber.Mean());

        assertThat(feature.center()).isZero();
        assertThat(feature.scale()).isCloseTo(Math.sqrt(0.5), within(1e-15)); // of 1, -1, 0, 0
        assertThat(encode(feature, numbers("x", 1 - Math.E, 0, -0.0, MISSING)))
                .containsExactly((float) -Math.sqrt(2), 0f, 0f, 0f);
        assertThat(encode(feature, numbers("x", 1e308)))
                .as("308 ln 10 / sqrt(0.5)")
                .containsExactly(1002.9549f);
    }

    @Test
    void leavesNumbersAsTheyAre() {
        ScaledNumber feature = ScaledNumber.fit(numbers("x", 5, 9, MISSING), NumberScaling.NONE, MEDIAN);

        assertThat(encode(feature, numbers("x", -3.5, MISSING, -0.0))).containsExactly(-3.5f, 7f, 0f);
    }

    @Test
    void fillsInTheMean() {
        ScaledNumber feature =
                ScaledNumber.fit(numbers("x", 1, 1, MISSING, 4), NumberScaling.STANDARD, new MissingNumber.Mean());

        assertThat(feature.fill()).isEqualTo(2);
        assertThat(feature.center()).isEqualTo(2);
        assertThat(feature.scale()).isEqualTo(Math.sqrt(1.5)); // 1 + 1 + 0 + 4 = 6
    }

    @Test
    void marksMissingNumbersIfTrainingRowsLackedSome() {
        MissingNumber indicator = new MissingNumber.Indicator();
        ScaledNumber feature = ScaledNumber.fit(numbers("x", 0, 2, MISSING), NumberScaling.MIN_MAX, indicator);

        assertThat(feature.inputNames()).containsExactly("x", "x is missing");
        assertThat(encode(feature, numbers("x", 2, MISSING))).containsExactly(1f, 0f, 0.5f, 1f);
        assertThat(ScaledNumber.fit(numbers("x", 0, 2), NumberScaling.STANDARD, indicator)
                        .width())
                .as("nothing can be learned about what is never missing")
                .isEqualTo(1);
    }

    @Test
    void encodesColumnsWithoutSpreadOrValues() {
        for (NumberScaling scaling : NumberScaling.values()) {
            ScaledNumber constant = ScaledNumber.fit(numbers("x", 2, 2, 2), scaling, MEDIAN);
            ScaledNumber empty = ScaledNumber.fit(numbers("x", MISSING, MISSING), scaling, MEDIAN);

            assertThat(encode(constant, numbers("x", 2)))
                    .as("%s", scaling)
                    .containsExactly(scaling == NumberScaling.NONE ? 2f : 0f);
            assertThat(encode(empty, numbers("x", MISSING))).as("%s", scaling).containsExactly(0f);
        }
    }

    @Test
    void refusesWhatCannotBeScaled() {
        assertThatThrownBy(() -> ScaledNumber.fit(numbers("x", -1e308, 1e308), NumberScaling.MIN_MAX, MEDIAN))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/x column \"x\" holds numbers too far from each other to be scaled");
        assertThatThrownBy(() -> ScaledNumber.fit(numbers("x", 1, Double.NEGATIVE_INFINITY), NumberScaling.LOG, MEDIAN))
                .hasMessage("/x column \"x\" holds an infinite number");
        assertThatThrownBy(() ->
                        encode(ScaledNumber.fit(numbers("x", 1, 2), NumberScaling.NONE, MEDIAN), numbers("x", 1, 1e39)))
                .hasMessageStartingWith("/1/x column \"x\": 1.0E39 is too far");
    }

    @Test
    void isStoredUnderPlainNames() {
        Feature feature = new ScaledNumber("x", NumberScaling.MIN_MAX, 1, 2, 3, true, null, null);
        String json = JSON.writeValueAsString(feature);

        assertThat(json)
                .isEqualTo("{\"type\":\"scaled\",\"name\":\"x\",\"scaling\":\"min_max\",\"center\":1.0,\"scale\":2.0,"
                        + "\"fill\":3.0,\"indicator\":true}");
        assertThat(JSON.readValue(json, Feature.class)).isEqualTo(feature);
    }
}
