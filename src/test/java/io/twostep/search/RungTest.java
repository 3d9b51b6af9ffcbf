package io.twostep.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RungTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    27 | 3 | 1  | 27      | 27x1 9x3 3x9 1x27
                    27 | 3 | 1  | 9       | 27x1 9x3 3x9
                    27 | 3 | 1  | 10      | 27x1 9x3 3x9 1x10
                    27 | 3 | 1  | 100     | 27x1 9x3 3x9 1x100
                    10 | 4 | 5  | 50      | 10x5 2x20 1x50
                    2  | 2 | 50 | 50      | 2x50
                    2  | 9 | 1  | 2       | 2x1 1x2
                    5  | 2 | 3  | 4       | 5x3 2x4
                    500 | 100 | 1 | 1000000 | 500x1 5x100 1x1000000
                    """)
    void letsOneOfSoManyStayForSoManyTimesTheEpochs(int trials, int factor, int least, int most, String rungs) {
        List<Rung> halving = Rung.halving(trials, factor, least, most);

        assertThat(halving.stream()
                        .map(rung -> rung.trials() + "x" + rung.epochs())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(rungs);
    }
}
