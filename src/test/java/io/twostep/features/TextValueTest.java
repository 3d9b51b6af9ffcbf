package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextValueTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0.0",
        "39.1, 39.1",
        "+5., 5",
        ".5, 0.5",
        "-1.5E-3, -0.0015",
        "' 12 ', 12",
        "1e-400, 0",
        "9007199254740993, 9007199254740992"
    })
    void readsDecimalNumbers(String text, double number) {
        assertThat(TextValue.number(text)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1d",
                "1f",
                "0x1p3",
                "1_000",
                "1,5",
                "１２",
                "--1",
                "1e",
                "e5",
                "1 2",
                "1e400",
                "NaN",
                "Infinity"
            })
    void refusesWhatIsNoFiniteDecimalNumber(String text) {
        assertThat(TextValue.number(text)).isEmpty();
    }

    /** Backtracking takes many seconds: each of the digits may be of the whole part or of the fraction. */
    @Test
    void refusesLongDigitsAtOnce() {
        String digits = "1".repeat(510) + "x";
        assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
            for (int i = 0; i < 5_000; i++) {
                assertThat(TextValue.number(digits)).isEmpty();
            }
        });
    }

    @Test
    void readsLongNumbersUpToALimit() {
        assertThat(TextValue.number("0." + "1".repeat(510))).hasValue(1.0 / 9);
        assertThat(TextValue.number("0." + "1".repeat(511))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NA", " NaN ", "?", "None", "-"})
    void knowsMissingMarkers(String text) {
        assertThat(TextValue.isMissing(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "na", "Nancy", "??", "--"})
    void takesOtherTextAsValue(String text) {
        assertThat(TextValue.isMissing(text)).isFalse();
    }
}
