package io.twostep.dataset;

import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Texts;
import org.jspecify.annotations.Nullable;

/** Values of a column as text that is read as the same values again. */
public final class ColumnText {

    private ColumnText() {}

    /** The value in a row, null if it is missing; an integer is written without a point. */
    public static @Nullable String of(ColumnData column, ColumnType type, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        if (column instanceof Texts texts) {
            return texts.values()[row];
        }
        double value = ((Numbers) column).values()[row];
        return type == ColumnType.INTEGER ? Long.toString((long) value) : Double.toString(value);
    }
}
