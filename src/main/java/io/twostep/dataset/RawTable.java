package io.twostep.dataset;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table on its way in: the upload's rows in one plain form, whatever form they came in. UTF-8, a line a row, no
 * header, every value in double quotes with quotes doubled, a missing value as nothing at all (or a dash, see
 * {@link Column#dash}), commas between. Only Parquet stays as it came.
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

    /** What stands before the fraction of a number. */
    public enum Decimal {
        POINT,
        COMMA;

        static Decimal of(char mark) {
            return mark == ',' ? COMMA : POINT;
        }

        public boolean isComma() {
            return this == COMMA;
        }

        char mark() {
            return isComma() ? ',' : '.';
        }
    }

    /**
     * What is known of a column.
     *
     * @param decimal the mark in its values, if they are numbers
     * @param dash whether {@code -} stands for a missing value, though it is in the file as a text
     * @param said what the sender wants the column to be, whatever its kind; null where its values decide
     */
    public record Column(
            String name,
            Kind kind,
            Decimal decimal,
            boolean dash,
            @Nullable SaidType said) {

        public Column(String name, Kind kind, Decimal decimal, boolean dash) {
            this(name, kind, decimal, dash, null);
        }

        public Column(String name, Kind kind) {
            this(name, kind, Decimal.POINT, false);
        }
    }

    public RawTable {
        columns = List.copyOf(columns);
    }

    /** What was found out while reading, and by looking at the values, the types of which are known now. */
    Inferred inferred(List<DatasetColumn> types) {
        return inferred.with(ColumnWarnings.of(rows, types));
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
