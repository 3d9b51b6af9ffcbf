package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.twostep.features.DateOrder;
import io.twostep.features.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * One column of a dataset.
 *
 * @param missing number of rows without a value
 * @param distinct number of different values
 * @param dateOrder how dates are written; null if the column holds none
 * @param ambiguousDates true where the values are dates of which nobody can tell the day from the month, and so are left
 *     text; else null
 * @param strayText what keeps the column from being one of numbers, if little does; or what is missing since it is not of
 *     the type that was said of the column
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetColumn(
        String name,
        ColumnType type,
        long missing,
        long distinct,
        @Nullable DateOrder dateOrder,
        @Nullable Boolean ambiguousDates,
        @Nullable StrayText strayText) {

    /** A column of which there is nothing else to say. */
    public DatasetColumn(String name, ColumnType type, long missing, long distinct) {
        this(name, type, missing, distinct, null, null, null);
    }

    /** Whether the column, as a target, is taken for a class rather than for a number if nobody says. */
    public boolean suggestsClasses() {
        return switch (type) {
            case NUMBER -> false;
            case INTEGER -> distinct <= TargetKind.MOST_WHOLE_CLASSES;
            case BOOLEAN, CATEGORY, TEXT, DATE -> true;
        };
    }
}
