package io.twostep.dataset;

import io.twostep.error.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What somebody who is about to train with a table would want to be told of its columns. */
final class ColumnWarnings {

    private static final int MOST_NAMES = 10;

    private ColumnWarnings() {}

    /**
     * A sentence for each thing that is odd, with the first of the columns it is true of: there may be thousands.
     *
     * @param rows how many the table has
     */
    static List<String> of(long rows, List<DatasetColumn> columns) {
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
        warn(
                warnings,
                columns,
                "Dates of which the day cannot be told from the month, left as text; types=COLUMN:day_first or"
                        + " types=COLUMN:month_first tells",
                column -> column.ambiguousDates() != null);
        warnOfStrayText(warnings, columns);
        return warnings;
    }

    private static void warnOfStrayText(List<String> warnings, List<DatasetColumn> columns) {
        columns.stream()
                .filter(column -> column.strayText() != null)
                .limit(MOST_NAMES)
                .map(column -> strayText(column, Objects.requireNonNull(column.strayText())))
                .forEach(warnings::add);
    }

    private static String strayText(DatasetColumn column, StrayText stray) {
        String name = Excerpt.quoted(column.name());
        String counts = stray.numbers() + " are, " + stray.count() + " are not, such as " + examples(stray);
        if (column.type().isNumeric() || column.type() == ColumnType.DATE) {
            String kind = column.type().isNumeric() ? "numbers" : "dates in the order that was said";
            return "Values of the column " + name + " that are no " + kind + " are missing now: " + counts + ".";
        }
        return "The column " + name + " was read as text, since not all of its values are numbers: " + counts
                + ". The parameter missing names texts that stand for no value; types="
                + Excerpt.of(column.name()) + ":number makes all of them missing.";
    }

    private static String examples(StrayText stray) {
        return stray.examples().stream()
                .map(example -> Excerpt.quoted(example.value())
                        + (example.count() > 1 ? " " + example.count() + " times, first in row " : " in row ")
                        + example.firstRow())
                .collect(Collectors.joining(", "));
    }

    private static void warn(
            List<String> warnings, List<DatasetColumn> columns, String what, Predicate<DatasetColumn> rule) {
        List<String> names =
                columns.stream().filter(rule).map(DatasetColumn::name).toList();
        warn(warnings, what, names);
    }

    private static void warn(List<String> warnings, String what, List<String> names) {
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
