package io.twostep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.DateOrder;
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

        assertThat(warnings(columns, 10))
                .containsExactly(
                        "No value at all: \"nothing\".",
                        "The same value in all rows that have one: \"same\", \"same or missing\".",
                        "Text that hardly repeats, which training should exclude: \"a \\\"name\\\"\", \"ticket\".");
    }

    @Test
    void showsTextAmongNumbers() {
        StrayText stray =
                new StrayText(3, 97, List.of(new StrayText.Example("n.k.", 2, 5), new StrayText.Example("x", 1, 9)));

        assertThat(warnings(List.of(new DatasetColumn("age", ColumnType.CATEGORY, 0, 40, null, null, stray)), 100))
                .containsExactly(
                        "The column \"age\" was read as text, since not all of its values are numbers: 97 are, 3"
                                + " are not, such as \"n.k.\" 2 times, first in row 5, \"x\" in row 9. The parameter missing names"
                                + " texts that stand for no value; types=age:number makes all of them missing.");
    }

    @Test
    void tellsOfValuesThatAreMissingSinceATypeWasSaid() {
        StrayText stray = new StrayText(1, 2, List.of(new StrayText.Example("x", 1, 3)));

        assertThat(warnings(
                        List.of(
                                new DatasetColumn("age", ColumnType.NUMBER, 1, 2, null, null, stray),
                                new DatasetColumn("born", ColumnType.DATE, 1, 2, DateOrder.DAY_FIRST, null, stray)),
                        3))
                .containsExactly(
                        "Values of the column \"age\" that are no numbers are missing now: 2 are, 1 are not, such as"
                                + " \"x\" in row 3.",
                        "Values of the column \"born\" that are no dates in the order that was said are missing now: 2"
                                + " are, 1 are not, such as \"x\" in row 3.");
    }

    @Test
    void findsNothingOddInASingleRow() {
        assertThat(warnings(List.of(new DatasetColumn("x", ColumnType.NUMBER, 0, 1)), 1))
                .isEmpty();
    }

    @Test
    void namesTheFirstOfMany() {
        List<DatasetColumn> columns = IntStream.range(0, 2_000)
                .mapToObj(i -> new DatasetColumn("p" + i, ColumnType.INTEGER, 0, 1))
                .toList();

        assertThat(warnings(columns, 5))
                .containsExactly(
                        "The same value in all rows that have one: \"p0\", \"p1\", \"p2\", \"p3\", \"p4\", \"p5\", \"p6\","
                                + " \"p7\", \"p8\", \"p9\" and 1990 more.");
    }

    private static List<String> warnings(List<DatasetColumn> columns, long rows) {
        return ColumnWarnings.of(rows, columns);
    }
}
