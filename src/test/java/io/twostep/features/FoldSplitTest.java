package io.twostep.features;

import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoldSplitTest {

    private static final SplitRule CHANCE = new SplitRule.Random();
    private static final SplitRule CLASSES = new SplitRule.Stratified();
    private static final SplitRule GROUPS = new SplitRule.Group("who");

    private static final String[] WHO =
            IntStream.range(0, 103).mapToObj(i -> "w" + i % 17).toArray(String[]::new);
    private static final String[] KINDS = IntStream.range(0, 103)
            .mapToObj(i -> i % 10 == 0 ? "rare" : "usual")
            .toArray(String[]::new);

    @Test
    void testsEachRowOnceAndLearnsFromNoneOfThem() {
        for (SplitRule by : List.of(CHANCE, CLASSES, GROUPS)) {
            List<Integer> tested = new ArrayList<>();
            for (int fold = 1; fold <= 5; fold++) {
                Split split = split(fold, 5, by, 0.2, 3);
                tested.addAll(Arrays.stream(split.test()).boxed().toList());
                assertThat(IntStream.concat(
                                        Arrays.stream(split.test()),
                                        IntStream.concat(
                                                Arrays.stream(split.training()), Arrays.stream(split.validation())))
                                .sorted())
                        .containsExactlyElementsOf(
                                IntStream.range(0, 103).boxed().toList());
                assertThat(split.validation()).hasSizeBetween(12, 20);
            }
            assertThat(tested).hasSize(103).doesNotHaveDuplicates();
        }
    }

    @Test
    void makesFoldsOfAboutTheSameSize() {
        assertThat(sizes(CHANCE)).isEqualTo(List.of(21, 21, 21, 20, 20));
        assertThat(sizes(CLASSES)).isEqualTo(List.of(21, 21, 21, 20, 20));
        assertThat(sizes(GROUPS)).allMatch(size -> size >= 17 && size <= 25);
    }

    @Test
    void givesEachFoldItsShareOfEachClass() {
        for (int fold = 1; fold <= 5; fold++) {
            assertThat(Arrays.stream(split(fold, 5, CLASSES, 0, 7).test())
                            .filter(row -> KINDS[row].equals("rare"))
                            .count())
                    .isBetween(2L, 3L);
        }
    }

    @Test
    void keepsGroupsTogether() {
        for (int fold = 1; fold <= 5; fold++) {
            Split split = split(fold, 5, GROUPS, 0.2, 7);
            assertThat(who(split.test()))
                    .doesNotContainAnyElementsOf(who(split.training()))
                    .doesNotContainAnyElementsOf(who(split.validation()));
            assertThat(who(split.validation())).doesNotContainAnyElementsOf(who(split.training()));
        }
    }

    @Test
    void isAFunctionOfTheSeed() {
        assertThat(split(2, 5, CHANCE, 0, 7).test())
                .isEqualTo(split(2, 5, CHANCE, 0, 7).test())
                .isNotEqualTo(split(2, 5, CHANCE, 0, 8).test())
                .isNotEqualTo(split(3, 5, CHANCE, 0, 7).test());
    }

    @Test
    void saysWhereThereAreFewerRowsThanFolds() {
        ColumnData few = numbers("y", 1, 2, 3);

        assertThatThrownBy(() -> new Splitter(new SplitRule.Fold(4, 4, CHANCE), 0, 0, 7).split(few, name -> few))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/split/by/folds leaves no row for fold 4 of 4");
    }

    @Test
    void refusesWhatIsNoFold() {
        refuses("/folds", () -> new SplitRule.Fold(1, 1, CHANCE));
        refuses("/folds", () -> new SplitRule.Fold(1, 21, CHANCE));
        refuses("/fold", () -> new SplitRule.Fold(0, 5, CHANCE));
        refuses("/fold", () -> new SplitRule.Fold(6, 5, CHANCE));
        refuses("/by", () -> new SplitRule.Fold(1, 5, new SplitRule.Time("when")));
        refuses("/by", () -> new SplitRule.Fold(1, 5, new SplitRule.Fold(1, 5, CHANCE)));
    }

    private static void refuses(String pointer, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems().get(0).pointer()).isEqualTo(pointer));
    }

    private static List<Integer> sizes(SplitRule by) {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(fold -> split(fold, 5, by, 0, 7).test().length)
                .toList();
    }

    private static List<String> who(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> WHO[row]).toList();
    }

    private static Split split(int fold, int folds, SplitRule by, double validation, long seed) {
        ColumnData target = texts("kind", KINDS);
        ColumnData who = texts("who", WHO);
        return new Splitter(new SplitRule.Fold(fold, folds, by), validation, 0, seed)
                .split(
                        target,
                        name -> Stream.of(target, who)
                                .filter(column -> column.name().equals(name))
                                .findFirst()
                                .orElseThrow());
    }
}
