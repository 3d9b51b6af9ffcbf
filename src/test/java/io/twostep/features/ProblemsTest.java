package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void quotesText() {
        assertThat(Problems.excerpt("Île de l'Est \\ \uD83D\uDC27")).isEqualTo("'Île de l\\'Est \\\\ \uD83D\uDC27'");
    }

    @Test
    void writesInvisibleCharactersAsEscapes() {
        assertThat(Problems.excerpt("a\n\u0000\u202Eb\uD83D")).isEqualTo("'a\\u000a\\u0000\\u202eb\\ud83d'");
        assertThat(Problems.excerpt(Character.toString(0xE0001))).isEqualTo("'\\u{e0001}'");
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        assertThat(Problems.excerpt("\uD83D\uDC27".repeat(64))).isEqualTo("'" + "\uD83D\uDC27".repeat(64) + "'");
        assertThat(Problems.excerpt("\uD83D\uDC27".repeat(65))).isEqualTo("'" + "\uD83D\uDC27".repeat(64) + "…'");
    }
}
