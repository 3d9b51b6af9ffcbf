package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows in order and in groups, against what boxed collections make of them. */
class GroupsTest {

    @Test
    void keepsValuesInTheOrderInWhichTheyCome() {
        for (int seed = 0; seed < 200; seed++) {
            ColumnData column = column(new Random(seed));
            Groups groups = Groups.of(column);

            List<List<Integer>> found = IntStream.range(0, groups.count())
                    .mapToObj(group -> IntStream.of(groups.rows(group)).boxed().toList())
                    .toList();

            Map<@Nullable String, List<Integer>> expected = new LinkedHashMap<>();
            for (int row = 0; row < column.rows(); row++) {
                expected.computeIfAbsent(Labels.label(column, row), label -> new ArrayList<>())
                        .add(row);
            }
            assertThat(found).containsExactlyElementsOf(expected.values());
        }
    }

    @Test
    void sortsWithMissingValuesLast() {
        for (int seed = 0; seed < 200; seed++) {
            ColumnData column = column(new Random(seed));
            Comparator<Integer> byValue = column instanceof Numbers numbers
                    ? Comparator.comparingDouble(row -> numbers.values()[row] + 0.0)
                    : Comparator.comparing(
                            row -> ((Texts) column).values()[row], Comparator.nullsLast(CodePoints.ORDER));

            assertThat(RowOrder.of(column).sorted(column.rows()))
                    .containsExactly(IntStream.range(0, column.rows())
                            .boxed()
                            .sorted(byValue)
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    private static ColumnData column(Random random) {
        int rows = random.nextInt(60);
        int values = 1 + random.nextInt(30);
        if (random.nextBoolean()) {
            return new Numbers(
                    "x",
                    IntStream.range(0, rows)
                            .mapToDouble(row -> random.nextInt(9) == 0
                                    ? Double.NaN
                                    : (random.nextBoolean() ? 0.5 : -0.5) * random.nextInt(values))
                            .toArray());
        }
        return new Texts(
                "x",
                IntStream.range(0, rows)
                        .mapToObj(row -> random.nextInt(9) == 0 ? null : "t" + random.nextInt(values))
                        .toArray(String[]::new));
    }
}
