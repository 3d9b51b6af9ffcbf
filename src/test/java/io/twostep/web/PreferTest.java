package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {

    private static final Duration CAP = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wait=20                       | 20 | false
            wait = "20"                   | 20 | false
            Wait=20; strict               | 20 | false
            respond-async, wait=10        | 10 | true
            respond-async                 | 0  | true
            wait=31                       | 30 | false
            wait=999999999                | 30 | false
            wait=9999999999999            | 0  | false
            wait=-1                       | 0  | false
            wait=1.5                      | 0  | false
            wait                          | 0  | false
            wait=5, wait=7                | 5  | false
            return=minimal, handling=lax  | 0  | false
            ,;,=                          | 0  | false
            """)
    void readsWhatItKnows(String header, int seconds, boolean respondAsync) {
        assertThat(Prefer.parse(List.of(header), CAP)).isEqualTo(new Prefer(Duration.ofSeconds(seconds), respondAsync));
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(Prefer.parse(List.of("respond-async", "wait=3"), CAP))
                .isEqualTo(new Prefer(Duration.ofSeconds(3), true));
        assertThat(Prefer.parse(List.of(), CAP)).isEqualTo(new Prefer(Duration.ZERO, false));
    }

    @Test
    void saysWhatIsApplied() {
        assertThat(new Prefer(Duration.ofSeconds(30), true).applied()).contains("wait=30");
        assertThat(new Prefer(Duration.ZERO, true).applied()).contains("respond-async");
        assertThat(new Prefer(Duration.ZERO, false).applied()).isEmpty();
    }
}
