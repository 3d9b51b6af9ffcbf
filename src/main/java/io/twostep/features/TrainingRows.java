package io.twostep.features;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that may be learned from: which they are, what they have for a target, and into which folds they fall. */
public final class TrainingRows {

    private final int[] rows;
    private final @Nullable RowTargets targets;
    private final Folds folds;

    private TrainingRows(int[] rows, @Nullable RowTargets targets, Folds folds) {
        this.rows = rows;
        this.targets = targets;
        this.folds = folds;
    }

    /**
     * Rows with a target.
     *
     * @param rows their numbers in the table; not copied
     * @param target learned from them
     * @param values the columns of the target, with these rows; null if no encoding asks for them
     * @param folds into which they fall
     */
    public static TrainingRows of(int[] rows, TargetEncoder target, @Nullable Table values, Folds folds) {
        return new TrainingRows(rows, values == null ? null : RowTargets.of(target, values), folds);
    }

    /** All rows of a table, for encodings that ask for no target. */
    static TrainingRows all(Table table) {
        return new TrainingRows(IntStream.range(0, table.rows()).toArray(), null, Folds.byRow(0));
    }

    boolean isEmpty() {
        return rows.length == 0;
    }

    /** These rows of a column of the table. */
    ColumnData of(ColumnData column) {
        return column.rows(rows);
    }

    RowTargets targets() {
        if (targets == null) {
            throw new IllegalStateException("an encoding asks for targets that nobody has given");
        }
        return targets;
    }

    /** The fold of one of the rows, by its place among them. */
    int fold(int place, int count) {
        return folds.of(rows[place], count);
    }

    Folds folds() {
        return folds;
    }
}
