package io.twostep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnWarningsTest {

    @Test
    void namesTheColumnsThatAreWorthALook() {
        List<DatasetColumn> columns = List.of(
                new DatasetColumn("fine", ColumnType.NUMBER, 0, 9),
                new DatasetColumn("nothing", ColumnType.CATEGORY, 10, 0),
                new DatasetColumn("same", ColumnType.INTEGER, 0, 1),
                new DatasetColumn("same or missing", ColumnType.INTEGER, 3, 1),
                new DatasetColumn("a \"name\"", ColumnType.TEXT, 0, 10),
                new DatasetColumn("ticket", ColumnType.TEXT, 1, 9));

        assertThat(ColumnWarnings.of(columns, 10))
                .containsExactly(
                        "No value at all: \"nothing\".",
                        "The same value in all rows that have one: \"same\", \"same or missing\".",
                        "Text that hardly repeats, which training should exclude: \"a \\\"name\\\"\", \"ticket\".");
    }

    @Test
    void findsNothingOddInASingleRow() {
        assertThat(ColumnWarnings.of(List.of(new DatasetColumn("x", ColumnType.NUMBER, 0, 1)), 1))
                .isEmpty();
    }

    @Test
    void namesTheFirstOfMany() {
        List<DatasetColumn> columns = IntStream.range(0, 2_000)
                .mapToObj(i -> new DatasetColumn("p" + i, ColumnType.INTEGER, 0, 1))
                .toList();

        assertThat(ColumnWarnings.of(columns, 5))
                .containsExactly(
                        "The same value in all rows that have one: \"p0\", \"p1\", \"p2\", \"p3\", \"p4\", \"p5\", \"p6\","
                                + " \"p7\", \"p8\", \"p9\" and 1990 more.");
    }
}
