package io.twostep.dataset.store;

import io.twostep.dataset.DatasetColumn;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Texts;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Gathers the values of one column, some at a time. */
sealed interface ColumnGatherer {

    /** For a column of so many rows. */
    static ColumnGatherer of(DatasetColumn column, int rows) {
        return column.type().isNumeric() ? new OfNumbers(column.name(), rows) : new OfTexts(column, rows);
    }

    /** SQL's name for the type that {@link #add} expects. */
    static String sqlType(DatasetColumn column) {
        return column.type().isNumeric() ? "double" : "varchar";
    }

    /** Takes the values from place {@code from} to before {@code to}. */
    void add(DuckDBReadableVector vector, int from, int to);

    /** All that was gathered. */
    ColumnData column();

    final class OfNumbers implements ColumnGatherer {

        private final String name;
        private final double[] values;
        private int gathered;

        private OfNumbers(String name, int rows) {
            this.name = name;
            this.values = new double[rows];
        }

        @Override
        public void add(DuckDBReadableVector vector, int from, int to) {
            for (int i = from; i < to; i++) {
                values[gathered++] = vector.getDouble(i, Double.NaN);
            }
        }

        @Override
        public ColumnData column() {
            return new Numbers(name, values);
        }
    }

    /** Holds a text that repeats once. */
    final class OfTexts implements ColumnGatherer {

        private final DatasetColumn column;
        private final @Nullable String[] values;
        private final Map<String, String> known = new HashMap<>();
        private int gathered;

        private OfTexts(DatasetColumn column, int rows) {
            this.column = column;
            this.values = new @Nullable String[rows];
        }

        @Override
        public void add(DuckDBReadableVector vector, int from, int to) {
            for (int i = from; i < to; i++) {
                String text = vector.getString(i);
                values[gathered++] = text == null ? null : known.computeIfAbsent(text, same -> same);
            }
        }

        @Override
        public ColumnData column() {
            return new Texts(column.name(), values, column.dateOrder());
        }
    }
}
