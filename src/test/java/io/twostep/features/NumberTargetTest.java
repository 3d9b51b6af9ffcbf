package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static io.twostep.features.Samples.unwritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.twostep.error.InvalidValueException;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NumberTargetTest {

    private static final Numbers PRICES = numbers("price", 100, 300, MISSING, 100, 300);

    @Test
    void standardisesAndMapsBack() {
        NumberTarget target = NumberTarget.fit(PRICES, true);
        FMatrixRMaj y = unwritten(3, 1);

        target.encode(numbers("price", 100, 300, 250), y);

        assertThat(target).isEqualTo(new NumberTarget("price", 200, 100, true));
        assertThat(y.data).containsExactly(-1, 1, 0.5f);
        assertThat(target.decode(y, 2)).isEqualTo(250);
    }

    @Test
    void passesValuesOnIfNotScaled() {
        NumberTarget target = NumberTarget.fit(PRICES, false);
        FMatrixRMaj y = unwritten(2, 1);

        target.encode(numbers("price", -0.5, 250), y);

        assertThat(y.data).containsExactly(-0.5f, 250);
        assertThat(target.decode(y, 1)).isEqualTo(250);
    }

    @Test
    void acceptsConstantTarget() {
        NumberTarget target = NumberTarget.fit(numbers("y", 0.1, 0.1, 0.1), true);
        FMatrixRMaj y = unwritten(1, 1);

        target.encode(numbers("y", 0.1), y);

        assertThat(y.data).containsExactly(0);
        assertThat(target.decode(y, 0)).isEqualTo(0.1);
    }

    @Test
    void standardisesHugeNumbers() {
        NumberTarget target = NumberTarget.fit(numbers("y", 1e308, -1e308), true);
        FMatrixRMaj y = unwritten(1, 1);

        target.encode(numbers("y", 1e308), y);

        assertThat(y.data).containsExactly(1);
        assertThat(target.decode(y, 0)).isCloseTo(1e308, withPercentage(1e-12));
    }

    @Test
    void leavesOutRowsWithoutValue() {
        assertThat(NumberTarget.fit(PRICES, true).knownRows(PRICES)).containsExactly(0, 1, 3, 4);
    }

    @Test
    void refusesToEncodeMissingOrHugeValue() {
        NumberTarget target = NumberTarget.fit(PRICES, true);

        assertThatThrownBy(() -> target.encode(PRICES, unwritten(5, 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/2/price column \"price\": the number is missing");
        assertThatThrownBy(() -> target.encode(numbers("price", 1e300), unwritten(1, 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/0/price column \"price\": 1.0E300 is too far from the training rows to be encoded");
    }

    @Test
    void refusesText() {
        assertThatThrownBy(() -> NumberTarget.fit(texts("price", "1", "2"), true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/target");
        assertThatThrownBy(() -> NumberTarget.fit(PRICES, true).encode(texts("price", "1"), unwritten(1, 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/price column \"price\" must hold numbers but holds text");
    }

    @Test
    void refusesTooFewRowsOrInfiniteOnes() {
        assertThatThrownBy(() -> NumberTarget.fit(numbers("y", 1, MISSING), true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target column \"y\" must have a value in at least 2 training rows but has 1");
        assertThatThrownBy(() -> NumberTarget.fit(numbers("y", 1, Double.POSITIVE_INFINITY), true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target column \"y\" holds an infinite number");
    }

    @Test
    void refusesOutputsThatDoNotFit() {
        NumberTarget target = NumberTarget.fit(PRICES, true);

        assertThatThrownBy(() -> target.decode(new FMatrixRMaj(1, 2), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesJson() {
        NumberTarget target = NumberTarget.fit(numbers("y", 0.1, 0.2, 1e-300), true);
        String json = JSON.writeValueAsString(target);

        assertThat(json)
                .startsWith("{\"type\":\"number\",\"column\":\"y\",\"mean\":")
                .contains("\"standard_deviation\":");
        assertThat(JSON.readValue(json, TargetEncoder.class)).isEqualTo(target);
    }
}
