package io.twostep.dataset;

import io.twostep.error.Excerpt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody who is about to train with a table would want to be told of its columns. */
final class ColumnWarnings {

    private ColumnWarnings() {}

    static List<String> of(List<DatasetColumn> columns, long rows) {
        return columns.stream()
                .map(column -> warning(column, rows))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String warning(DatasetColumn column, long rows) {
        String name = "column " + Excerpt.quoted(column.name());
        if (column.missing() == rows) {
            return name + " has no value";
        }
        if (column.distinct() == 1) {
            return name + " has the same value in all rows that have one";
        }
        return column.type() == ColumnType.TEXT
                ? name + " holds text that seldom repeats; as a feature each text is a category of its own: exclude it"
                : null;
    }
}
