package io.twostep.training;

import io.twostep.features.Split;
import io.twostep.features.StackedTable;
import io.twostep.features.TableSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables of rows that are not learned from, beside the one that is.
 *
 * @param validation rows to watch; null for none
 * @param test rows for the end; null for none
 */
public record OtherRows(
        @Nullable TableSource validation, @Nullable TableSource test) {

    public static final OtherRows NONE = new OtherRows(null, null);

    /** All rows of a table, then those for validation, then those for the test. */
    TableSource below(TableSource table) {
        List<TableSource> all =
                Stream.of(table, validation, test).flatMap(Stream::ofNullable).toList();
        return all.size() == 1 ? table : new StackedTable(all);
    }

    /**
     * The split of a table with these rows below it.
     *
     * @param labelled numbers of all rows that have a target, ascending
     * @param rows of the table itself
     */
    Split addedTo(Split split, int[] labelled, int rows) {
        int end = rows + (validation == null ? 0 : validation.rows());
        return new Split(
                split.training(),
                joined(split.validation(), labelled, rows, end),
                joined(split.test(), labelled, end, Integer.MAX_VALUE));
    }

    private static int[] joined(int[] part, int[] labelled, int from, int to) {
        IntStream more = IntStream.of(labelled).filter(row -> row >= from && row < to);
        return IntStream.concat(IntStream.of(part), more).toArray();
    }
}
