package io.twostep.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * A table on its way in: the upload's rows in one plain form, whatever form they came in. UTF-8, a line a row, no
 * header, every value in double quotes with quotes doubled, a missing value as nothing at all, commas between.
 *
 * @param columns names and what is known of them
 * @param inferred what was found out while reading
 */
public record RawTable(Path file, long rows, List<Column> columns, Inferred inferred) {

    /** What a format that has types says of a column. */
    public enum Kind {
        /** Nothing: its values decide. */
        UNKNOWN,
        NUMBER,
        BOOLEAN,
        TEXT
    }

    public record Column(String name, Kind kind) {}

    public RawTable {
        columns = List.copyOf(columns);
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
