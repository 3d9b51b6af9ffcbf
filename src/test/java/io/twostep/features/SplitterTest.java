package io.twostep.features;

import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitterTest {

    private static final SplitRule GROUP = new SplitRule.Group("who");
    private static final SplitRule TIME = new SplitRule.Time("when");
    private static final SplitRule COLUMN = new SplitRule.Column("part");

    @Test
    void dividesAsBeforeIfChanceDecides() {
        Split split = split(new SplitRule.Random(), 0.2, 0.1, 7, target(50), null);
        Split before = Split.random(50, 0.2, 0.1, 7);

        assertThat(split.training()).isEqualTo(before.training());
        assertThat(split.validation()).isEqualTo(before.validation());
        assertThat(split.test()).isEqualTo(before.test());
    }

    @Test
    void givesEachClassItsShareOfEachPart() {
        for (long seed = 0; seed < 100; seed++) {
            int[] sizes = {50, 20, 10, 1};
            String[] kinds = new Random(seed)
                    .ints(0, 4)
                    .filter(kind -> sizes[kind]-- > 0)
                    .limit(81)
                    .mapToObj(kind -> "k" + kind)
                    .toArray(String[]::new);
            Split split = split(new SplitRule.Stratified(), 0.2, 0.1, seed, texts("kind", kinds), null);

            assertEveryRowOnce(split, 81);
            assertThat(count(split.validation(), kinds, "k0")).isBetween(9L, 11L);
            assertThat(count(split.validation(), kinds, "k1")).isBetween(3L, 5L);
            assertThat(count(split.validation(), kinds, "k2")).isBetween(1L, 3L);
            assertThat(count(split.test(), kinds, "k0")).isBetween(4L, 6L);
            assertThat(count(split.test(), kinds, "k1")).isBetween(1L, 3L);
            assertThat(count(split.training(), kinds, "k3"))
                    .as("the only one is learned from")
                    .isEqualTo(1);
        }
    }

    @Test
    void choosesAnyRowOfAClass() {
        int[] chosen = new int[20];
        String[] kinds = IntStream.range(0, 20).mapToObj(row -> "k" + row % 2).toArray(String[]::new);
        for (long seed = 0; seed < 4_000; seed++) {
            for (int row : split(new SplitRule.Stratified(), 0.25, 0, seed, texts("kind", kinds), null)
                    .validation()) {
                chosen[row]++;
            }
        }

        for (int count : chosen) { // 1000 expected, standard deviation 27
            assertThat(count).isBetween(1000 - 137, 1000 + 137);
        }
    }

    @Test
    void tearsNoGroupApart() {
        for (long seed = 0; seed < 100; seed++) {
            @Nullable
            String[] who = new Random(seed)
                    .ints(200, 0, 30)
                    .mapToObj(i -> i == 0 ? null : "p" + i)
                    .toArray(String[]::new);
            Split split = split(GROUP, 0.2, 0.2, seed, target(200), new Texts("who", who));

            assertEveryRowOnce(split, 200);
            assertThat(values(split.training(), who)).doesNotContainAnyElementsOf(values(split.validation(), who));
            assertThat(values(split.training(), who)).doesNotContainAnyElementsOf(values(split.test(), who));
            assertThat(values(split.validation(), who)).doesNotContainAnyElementsOf(values(split.test(), who));
            assertThat(split.validation().length).as("seed %d", seed).isBetween(30, 50);
            assertThat(split.test().length).as("seed %d", seed).isBetween(30, 50);
        }
    }

    @Test
    void refusesGroupsThatLeaveAPartEmpty() {
        assertThatThrownBy(() -> split(GROUP, 0.2, 0, 1, target(4), numbers("who", 7, 7, 7, 7)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("leave any row for validation");
        assertThatThrownBy(() -> split(TIME, 0, 0.5, 1, target(4), numbers("when", 7, 7, 7, 7)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("leave");
    }

    @Test
    void keepsRowsOfOneTimeTogether() {
        double[] when = {1, 1, 1, 2, 2, 2, 2, 3, 3, 3};
        Split split = split(TIME, 0.2, 0.2, 1, target(10), numbers("when", when));

        assertThat(split.test()).containsExactly(7, 8, 9);
        assertThat(split.validation()).containsExactly(3, 4, 5, 6);
        assertThat(split.training()).containsExactly(0, 1, 2);
    }

    @Test
    void sortsDatesByTheirDaysHoweverTheyAreWritten() {
        String[] days = new String[100];
        for (int row = 0; row < days.length; row++) {
            days[row] = (1 + row % 25) + "." + (4 - row / 25) + ".2025"; // in text, 1.4. comes before 2.1.
        }
        Split split = split(TIME, 0.25, 0.25, 1, target(days.length), new Texts("when", days, DateOrder.DAY_FIRST));

        assertThat(split.training()).containsExactly(IntStream.range(50, 100).toArray());
        assertThat(split.validation()).containsExactly(IntStream.range(25, 50).toArray());
        assertThat(split.test()).containsExactly(IntStream.range(0, 25).toArray());
    }

    @Test
    void refusesTextThatDoesNotSortAsItsTimes() {
        for (String[] when : new String[][] {
            {"31/01/2026", "01/02/2026"},
            {"9:00", "10:00"},
            {"2026-01-01T09:00+02:00", "2026-01-02"},
            {"2026-01-01 09:00", "2026-01-01T10:00"},
            {"true", "false"}
        }) {
            assertThatThrownBy(() -> split(TIME, 0, 0.5, 1, target(2), texts("when", when)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("times all in one form");
        }
        String[] when = {"2026-01-02 09:00:00.5", "2026-01-01 10:00"};
        assertThat(split(TIME, 0, 0.5, 1, target(2), texts("when", when)).test())
                .containsExactly(0);
    }

    @Test
    void learnsFromEveryClass() {
        for (long seed = 0; seed < 200; seed++) {
            String[] kinds = {"a", "a", "b", "b", "b", "c", "c", "c", "c", "c"};
            Split split = split(new SplitRule.Stratified(), 0.4, 0.4, seed, texts("kind", kinds), null);

            assertThat(values(split.training(), kinds)).contains("a", "b", "c");
            assertEveryRowOnce(split, 10);
        }
    }

    @Test
    void testsOnWhatComesLast() {
        Split numbers = split(TIME, 0.2, 0.4, 1, target(5), numbers("when", 5, 1, 4, 2, 3));
        Split texts = split(
                TIME,
                0.2,
                0.4,
                1,
                target(5),
                texts("when", "2026-01-05", "2025-12-31", "2026-01-04", "2026-01-02", "2026-01-03"));

        for (Split split : new Split[] {numbers, texts}) {
            assertThat(split.training()).containsExactly(1, 3);
            assertThat(split.validation()).containsExactly(4);
            assertThat(split.test()).containsExactly(0, 2);
        }
    }

    @Test
    void doesWhatTheColumnSays() {
        Split split = split(
                COLUMN, 0, 0, 1, target(6), texts("part", "train", "TEST", "val", "validation", "Training", "test"));

        assertThat(split.training()).containsExactly(0, 4);
        assertThat(split.validation()).containsExactly(2, 3);
        assertThat(split.test()).containsExactly(1, 5);
    }

    @Test
    void refusesAColumnThatDoesNotSayIt() {
        assertThatThrownBy(() -> split(COLUMN, 0, 0, 1, target(2), texts("part", "train", "holdout")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/split/by/column column \"part\" must say train, validation or test but says \"holdout\"");
        assertThatThrownBy(() -> split(COLUMN, 0, 0, 1, target(2), texts("part", "train", null)))
                .hasMessage("/split/by/column column \"part\" must have a value in each row but has none in 1");
        assertThatThrownBy(() -> split(TIME, 0, 0, 1, target(2), numbers("when", 1, Double.NaN)))
                .hasMessage("/split/by/column column \"when\" must have a value in each row but has none in 1");
        assertThatThrownBy(() -> split(COLUMN, 0, 0, 1, target(2), texts("part", "test", "val")))
                .hasMessage("/split leaves no training row: of 2 rows 1 are for validation and 1 for test");
    }

    @Test
    void takesRowsByConditions() {
        Numbers year = numbers("year", 2018, 2021, 2019, Double.NaN, 2020, 2017);
        Texts land = texts("land", "de", "fr", "it", "de", null, "fr");
        RowCondition late = new RowCondition("year", null, null, 2020.0, null, null, null);
        RowCondition abroad = new RowCondition("land", null, List.of("it", "es"), null, null, null, null);

        Split split = split(new SplitRule.Conditions(abroad, late), year, land);

        assertThat(split.test()).containsExactly(1, 4);
        assertThat(split.validation()).containsExactly(2);
        assertThat(split.training()).containsExactly(0, 3, 5);
        assertThat(split(only(new RowCondition("year", null, null, 2018.0, 2020.0, null, null)), year, land)
                        .test())
                .containsExactly(0, 2);
        assertThat(split(only(new RowCondition("year", null, null, null, 2018.0, null, null)), year, land)
                        .test())
                .containsExactly(5);
        assertThat(split(
                                only(new RowCondition("year", null, List.of(2017, 2018.0), null, null, null, null)),
                                year,
                                land)
                        .test())
                .containsExactly(0, 5);
        assertThat(split(only(new RowCondition("land", "de", null, null, null, null, null)), year, land)
                        .test())
                .containsExactly(0, 3);
    }

    @Test
    void takesTruthValuesAndZerosOfEitherSign() {
        Texts truth = texts("year", "true", "false", null);
        Numbers zeros = numbers("land", 0.0, -0.0, 1);

        assertThat(split(only(new RowCondition("year", true, null, null, null, null, null)), truth, zeros)
                        .test())
                .containsExactly(0);
        assertThat(split(only(new RowCondition("land", 0, null, null, null, null, null)), truth, zeros)
                        .test())
                .containsExactly(0, 1);
    }

    @Test
    void refusesConditionsThatDoNotDivide() {
        Numbers year = numbers("year", 2018, 2021, 2019);
        Texts land = texts("land", "de", "fr", "it");
        RowCondition late = new RowCondition("year", null, null, 2019.0, null, null, null);

        assertThatThrownBy(() -> split(
                        new SplitRule.Conditions(new RowCondition("land", "fr", null, null, null, null, null), late),
                        year,
                        land))
                .hasMessage(
                        "/split/by/test means a row that validation means too, one with \"2021\" in column \"year\":"
                                + " each row is in one part");
        assertThatThrownBy(() -> split(only(new RowCondition("land", "fra", null, null, null, null, null)), year, land))
                .hasMessage("/split/by/test means no row with a target: none has such a value in column \"land\""
                        + " (did you mean \"fr\"?)");
        assertThatThrownBy(
                        () -> split(only(new RowCondition("year", null, null, 2000.0, null, null, null)), year, land))
                .hasMessageContaining("leaves no training row");
        assertThatThrownBy(() -> new RowCondition("year", 1, null, 2.0, null, null, null))
                .hasMessageContaining("must say one of");
        assertThatThrownBy(() -> new RowCondition("year", null, null, null, null, null, null))
                .hasMessageContaining("must say one of");
        assertThatThrownBy(() -> new RowCondition("year", null, null, 2.0, 2.0, null, null))
                .hasMessageContaining("/below");
        assertThat(late.misfits(false, false)).extracting(Problem::pointer).containsExactly("/at_least");
        assertThat(new RowCondition("land", "de", null, null, null, null, null).misfits(true, false))
                .extracting(Problem::detail)
                .containsExactly("must be a number, as the column holds, but was \"de\"");
    }

    @Test
    void comparesDatesHoweverTheyAreWritten() {
        Texts when = new Texts(
                "when", new String[] {"31.12.2023", "1.1.2024", null, "1.6.2024", "1.1.2025"}, DateOrder.DAY_FIRST);
        RowCondition year = new RowCondition("when", null, null, null, null, "2024-01-01", "2025-01-01");

        assertThat(split(only(year), when, when).test()).containsExactly(1, 3);
        assertThat(year.misfits(false, false)).extracting(Problem::pointer).containsExactly("/from");
        assertThatThrownBy(() -> new RowCondition("when", null, null, null, null, "1.1.2024", null))
                .hasMessageContaining("/from")
                .hasMessageContaining("1.1.2024");
        assertThatThrownBy(() -> new RowCondition("when", null, null, null, null, "2024-01-01", "2024-01-01"))
                .hasMessageContaining("/before");
    }

    private static SplitRule only(RowCondition test) {
        return new SplitRule.Conditions(null, test);
    }

    private static Split split(SplitRule rule, ColumnData year, ColumnData land) {
        return new Splitter(rule, 0, 0, 1).split(target(year.rows()), name -> name.equals("year") ? year : land);
    }

    private static Split split(
            SplitRule rule, double validation, double test, long seed, ColumnData target, @Nullable ColumnData column) {
        return new Splitter(rule, validation, test, seed).split(target, name -> Objects.requireNonNull(column));
    }

    private static Numbers target(int rows) {
        return new Numbers("y", new double[rows]);
    }

    private static void assertEveryRowOnce(Split split, int rows) {
        assertThat(IntStream.of(split.training())).isSorted();
        assertThat(IntStream.concat(
                                IntStream.of(split.training()),
                                IntStream.concat(IntStream.of(split.validation()), IntStream.of(split.test())))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
    }

    private static long count(int[] rows, String[] kinds, String kind) {
        return Arrays.stream(rows).filter(row -> kinds[row].equals(kind)).count();
    }

    private static Set<String> values(int[] rows, @Nullable String[] values) {
        return Arrays.stream(rows).mapToObj(row -> String.valueOf(values[row])).collect(Collectors.toSet());
    }
}
