package io.twostep.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "relu, relu, 0",
        "RELU, relu, 0",
        "rleu, relu, 1",
        "agee, age, 1",
        "ag, age, 1",
        "aga, age, 1",
        "kitten, sitting, 3",
        "'', abc, 3",
        "abc, '', 3"
    })
    void countsTypingErrors(String from, String to, int errors) {
        assertThat(Spelling.distance(from, to)).isEqualTo(errors);
    }

    @Test
    void findsTheNearestWordIfOneIsNear() {
        List<String> known = List.of("tanh", "relu", "leaky_relu", "learning_rate");

        assertThat(Spelling.nearest("leaky_rleu", known)).contains("leaky_relu");
        assertThat(Spelling.nearest("learningrate", known)).contains("learning_rate");
        assertThat(Spelling.nearest("optimizer", known)).isEmpty();
        assertThat(Spelling.nearest("x", List.of("name"))).isEmpty();
        assertThat(Spelling.nearest("r".repeat(10_000), known)).isEmpty();
    }

    @Test
    void hintsAtItInWords() {
        assertThat(Spelling.hint("agee", List.of("age"))).isEqualTo(" (did you mean \"age\"?)");
        assertThat(Spelling.hint("sex", List.of("age"))).isEmpty();
    }
}
