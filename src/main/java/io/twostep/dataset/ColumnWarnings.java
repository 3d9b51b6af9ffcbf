package io.twostep.dataset;

import io.twostep.error.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What somebody who is about to train with a table would want to be told of its columns. */
final class ColumnWarnings {

    private static final int MOST_NAMES = 10;

    private ColumnWarnings() {}

    /** A sentence for each thing that is odd, with the first of the columns it is true of: there may be thousands. */
    static List<String> of(List<DatasetColumn> columns, long rows) {
        List<String> warnings = new ArrayList<>();
        warn(warnings, columns, "No value at all", column -> column.missing() == rows);
        warn(
                warnings,
                columns,
                "The same value in all rows that have one",
                column -> rows > 1 && column.distinct() == 1);
        warn(
                warnings,
                columns,
                "Text that hardly repeats, which training should exclude",
                column -> column.type() == ColumnType.TEXT);
        return warnings;
    }

    private static void warn(
            List<String> warnings, List<DatasetColumn> columns, String what, Predicate<DatasetColumn> rule) {
        List<String> names =
                columns.stream().filter(rule).map(DatasetColumn::name).toList();
        if (!names.isEmpty()) {
            warnings.add(what + ": " + list(names) + ".");
        }
    }

    private static String list(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(Excerpt::quoted).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
