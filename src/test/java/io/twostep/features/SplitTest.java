package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    @Test
    void putsEveryRowInOnePartInAscendingOrder() {
        for (int seed = 0; seed < 200; seed++) {
            int rows = 3 + seed;
            Split split = Split.random(rows, 0.2, 0.1, seed);

            assertThat(split.training()).isSorted();
            assertThat(split.validation()).isSorted();
            assertThat(split.test()).isSorted();
            assertThat(IntStream.of(split.training()))
                    .as("seed %d", seed)
                    .doesNotContainAnyElementsOf(
                            IntStream.of(split.validation()).boxed().toList());
            assertThat(IntStream.concat(
                                    IntStream.of(split.training()),
                                    IntStream.concat(IntStream.of(split.validation()), IntStream.of(split.test())))
                            .sorted())
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0.2, 0.1, 2, 1",
        "10, 0, 0, 0, 0",
        "10, 0.25, 0, 3, 0",
        "10, 0, 0.24, 0, 2",
        "1, 0.2, 0.2, 0, 0",
        "333, 0.15, 0.15, 50, 50",
        "10, 0.9, 0, 9, 0"
    })
    void roundsToTheNearestNumberOfRows(int rows, double validation, double test, int validationRows, int testRows) {
        Split split = Split.random(rows, validation, test, 42);

        assertThat(split.validation()).hasSize(validationRows);
        assertThat(split.test()).hasSize(testRows);
        assertThat(split.training()).hasSize(rows - validationRows - testRows);
    }

    @Test
    void namesRowsOfALargerTable() {
        Split split = new Split(new int[] {0, 3}, new int[] {1}, new int[] {2}).within(new int[] {4, 5, 7, 9});

        assertThat(split.training()).containsExactly(4, 9);
        assertThat(split.validation()).containsExactly(5);
        assertThat(split.test()).containsExactly(7);
    }

    /** The numbers are promised: a stored seed must give the same split for ever. */
    @Test
    void drawsTheSameRowsOnEveryMachine() {
        Split split = Split.random(12, 0.25, 0.25, 7);

        assertThat(split.training()).containsExactly(2, 5, 6, 7, 8, 9);
        assertThat(split.validation()).containsExactly(1, 3, 11);
        assertThat(split.test()).containsExactly(0, 4, 10);
    }

    @Test
    void dependsOnTheSeed() {
        assertThat(Split.random(100, 0.2, 0, 1).validation())
                .isEqualTo(Split.random(100, 0.2, 0, 1).validation())
                .isNotEqualTo(Split.random(100, 0.2, 0, 2).validation());
    }

    @Test
    void choosesEveryRowEquallyOften() {
        int[] chosen = new int[20];
        for (int seed = 0; seed < 4000; seed++) {
            for (int row : Split.random(20, 0.25, 0, seed).validation()) {
                chosen[row]++;
            }
        }

        for (int count : chosen) { // 1000 expected, standard deviation 27
            assertThat(count).isBetween(1000 - 137, 1000 + 137);
        }
    }

    @Test
    void refusesSharesOutOfRange() {
        assertThatThrownBy(() -> Split.random(10, 1, -0.1, 0))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        new Problem("/split/validation", "must be >= 0 and < 1 but was 1"),
                                        new Problem("/split/test", "must be >= 0 and < 1 but was -0.1")));
        assertThatThrownBy(() -> Split.random(10, Double.NaN, 0, 0)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesToLeaveNoTrainingRow() {
        assertThatThrownBy(() -> Split.random(10, 0.5, 0.5, 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/split leaves no training row: validation 0.5 and test 0.5 add up to 1 or more");
        assertThatThrownBy(() -> Split.random(10, 0.999999, 0, 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/split leaves no training row: of 10 rows 10 are for validation and 0 for test");
        assertThatThrownBy(() -> Split.random(0, 0, 0, 0)).isInstanceOf(InvalidValueException.class);
    }
}
