package io.twostep.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void repeatsShortVisibleTextAsItIs() {
        assertThat(Excerpt.quoted("Größe 身長 🐧")).isEqualTo("\"Größe 身長 🐧\"");
    }

    @Test
    void cutsLongText() {
        assertThat(Excerpt.of("x".repeat(65))).isEqualTo("x".repeat(64) + "…");
        assertThat(Excerpt.of("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @Test
    void escapesWhatCannotBeSeenOrWouldBreakALine() {
        assertThat(Excerpt.visible("a\r\nb\u0000\u202e\ud800\u2028"))
                .isEqualTo("a\\u000d\\u000ab\\u0000\\u202e\\ud800\\u2028");
        assertThat(Excerpt.quoted("say \"x\"")).isEqualTo("\"say \\\"x\\\"\"");
    }
}
