package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTest {

    @ParameterizedTest
    @CsvSource({
        "YEAR_FIRST, 2026-01-31, 2026-01-31T00:00",
        "YEAR_FIRST, 2026/1/3, 2026-01-03T00:00",
        "YEAR_FIRST, ' 2026-01-31 12:05 ', 2026-01-31T12:05",
        "YEAR_FIRST, 2026-01-31T12:05:09.25Z, 2026-01-31T12:05:09.25",
        "YEAR_FIRST, 2026-01-31T23:05+05:30, 2026-01-31T23:05",
        "DAY_FIRST, 31.1.2026, 2026-01-31T00:00",
        "DAY_FIRST, 03/04/2026, 2026-04-03T00:00",
        "MONTH_FIRST, 03/04/2026, 2026-03-04T00:00",
        "MONTH_FIRST, 1/31/2026 1:05 PM, 2026-01-31T13:05",
        "MONTH_FIRST, 1/31/2026 12:05 am, 2026-01-31T00:05",
        "YEAR_FIRST, 2024-02-29, 2024-02-29T00:00"
    })
    void readsWhatPeopleWrite(DateOrder order, String text, LocalDateTime expected) {
        assertThat(DateTime.parse(text, order))
                .isNotNull()
                .extracting(DateTime::local)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "20260131",
                "2026-02-30",
                "2026-13-01",
                "2026-01/31",
                "31.01.2026",
                "2026-01-31T24:01",
                "2026-01-31 13:00 PM",
                "2026-01-31T12:00+99",
                "2026-01-31T12",
                "2026-01-31 noon",
                "12:00",
                "1.2.3.4",
                "2026-01-31T12:00:00.0000000001"
            })
    void takesNothingElseForADate(String text) {
        assertThat(DateTime.parse(text, DateOrder.YEAR_FIRST)).isNull();
    }

    @Test
    void countsDaysInUtc() {
        assertThat(days("1970-01-02")).isEqualTo(1);
        assertThat(days("1970-01-02T06:00+06:00")).isEqualTo(1);
        assertThat(days("1970-01-01T18:00-06:00")).isEqualTo(1);
        assertThat(days("1969-12-31T12:00")).isEqualTo(-0.5);
    }

    private static double days(String text) {
        DateTime date = DateTime.parse(text, DateOrder.YEAR_FIRST);
        assertThat(date).isNotNull();
        return date.epochDays();
    }
}
