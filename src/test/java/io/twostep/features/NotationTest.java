package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ". | -999 | true",
                ". | -999.0 | true",
                ". | -9.99e2 | true",
                ". | nil | true",
                ". | 999 | false",
                ". | -999,0 | false",
                ", | -999,0 | true",
                ", | -999.0 | false",
            })
    void takesANumberForTheMarkerThatDenotesIt(String decimal, String text, boolean missing) {
        assertThat(new Notation(decimal, List.of("-999", "nil")).isMissing(text))
                .isEqualTo(missing);
    }
}
