package io.twostep.dataset;

import io.twostep.features.TargetKind;

/**
 * One column of a dataset.
 *
 * @param missing number of rows without a value
 * @param distinct number of different values
 */
public record DatasetColumn(String name, ColumnType type, long missing, long distinct) {

    /** Whether the column, as a target, is taken for a class rather than for a number if nobody says. */
    public boolean suggestsClasses() {
        return switch (type) {
            case NUMBER -> false;
            case INTEGER -> distinct <= TargetKind.MOST_WHOLE_CLASSES;
            case BOOLEAN, CATEGORY, TEXT -> true;
        };
    }
}
