package io.twostep.features;

import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.table;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table TABLE = table(numbers("x", 1, MISSING, 3), texts("t", null, "b", "c"));

    @Test
    void selectsRowsInTheOrderAsked() {
        Table selected = TABLE.rows(new int[] {2, 0, 2});

        assertThat(selected.rows()).isEqualTo(3);
        assertThat(((Numbers) selected.column("x")).values()).containsExactly(3, 1, 3);
        assertThat(((Texts) selected.column("t")).values()).containsExactly("c", null, "c");
    }

    @Test
    void tellsRowsWithValueFromMissingOnes() {
        assertThat(TABLE.column("x").presentRows()).containsExactly(0, 2);
        assertThat(TABLE.column("t").presentRows()).containsExactly(1, 2);
    }

    @Test
    void hasNoRowsWithoutColumns() {
        assertThat(table().rows()).isZero();
        assertThatThrownBy(() -> table().column("x")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void namesTheColumnThatIsNotThere() {
        assertThatThrownBy(() -> TABLE.column("bill~length/mm"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/bill~0length~1mm column \"bill~length/mm\" is not in the table");
    }

    @Test
    void refusesColumnsOfUnequalLength() {
        assertThatThrownBy(() -> table(numbers("x", 1, 2), texts("t", "a")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/t column \"t\" has 1 rows where the first column has 2");
    }

    @Test
    void refusesNameThatStandsTwice() {
        assertThatThrownBy(() -> table(numbers("x", 1), texts("x", "a")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/x column \"x\" stands twice in the table");
    }

    @Test
    void showsItsColumnsAndAllRowsAtOnce() {
        List<String> shown = new ArrayList<>();
        TABLE.forEachColumn(List.of("t", "x"), column -> shown.add(column.name()));
        TABLE.forEachPiece(List.of("t"), piece -> shown.add(piece.columns().size() + " of " + piece.rows()));
        TABLE.rows(new int[0]).forEachPiece(List.of("t"), piece -> shown.add("nothing"));

        assertThat(shown).containsExactly("t", "x", "1 of 3");
    }
}
