package io.twostep.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"8e03978e-40d5-43dd-bc93-6894a57f9324\" | 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "8e03978e-40d5-43dd-bc93-6894a57f9324     | 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "\"with blanks, and; more\"                | with blanks, and; more",
                "\"\\\"\\\\\"                              | \"\\",
                "aGk=+/~                                   | aGk=+/~",
            })
    void readsKeysWithAndWithoutQuotes(String header, String key) {
        assertThat(IdempotencyKey.parse(List.of(header))).isEqualTo(key);
    }

    @Test
    void hasNoneWhereNoneIsGiven() {
        assertThat(IdempotencyKey.parse(List.of())).isNull();
    }

    @Test
    void takesTheLongestKeyAndNoLonger() {
        String longest = "k".repeat(255);

        assertThat(IdempotencyKey.parse(List.of(longest))).isEqualTo(longest);
        assertThat(IdempotencyKey.parse(List.of('"' + longest + '"'))).isEqualTo(longest);
        refuses(List.of(longest + "k"));
        refuses(List.of('"' + "k".repeat(7500) + '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "two words",
                "a,b",
                "\"a\";p=1",
                "\"open",
                "open\"",
                "\"\\n\"",
                "\"ä\"",
                "ä",
                "\"a\tb\"",
                "a\u0000"
            })
    void refusesWhatIsNoKey(String header) {
        refuses(List.of(header));
    }

    @Test
    void refusesTwo() {
        refuses(List.of("a", "a"));
    }

    private static void refuses(List<String> headers) {
        assertThatThrownBy(() -> IdempotencyKey.parse(headers)).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_HEADER);
            assertThat(e).hasMessageContaining("1 to 255 visible ASCII characters");
        });
    }
}
