package io.twostep.features;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that may be learned from: which they are, what they have for a target, and into which folds they fall. */
public final class TrainingRows {

    private final int[] rows;
    private final @Nullable RowTargets targets;
    private final long seed;

    private TrainingRows(int[] rows, @Nullable RowTargets targets, long seed) {
        this.rows = rows;
        this.targets = targets;
        this.seed = seed;
    }

    /**
     * Rows with a target.
     *
     * @param rows their numbers in the table; not copied
     * @param target learned from them
     * @param values of the target, one for each of the rows
     * @param seed decides about the folds
     */
    public static TrainingRows of(int[] rows, TargetEncoder target, ColumnData values, long seed) {
        return new TrainingRows(rows, RowTargets.of(target, values), seed);
    }

    /** All rows of a table, for encodings that ask for no target. */
    static TrainingRows all(Table table) {
        return new TrainingRows(IntStream.range(0, table.rows()).toArray(), null, 0);
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
            throw new IllegalStateException("an encoding asks for the target of rows that have none");
        }
        return targets;
    }

    /** The fold of one of the rows, by its place among them. */
    int fold(int place, int folds) {
        return fold(seed, rows[place], folds);
    }

    /** The fold of a row of the table: drawn for each by itself, so that no other row has a say in it. */
    static int fold(long seed, int row, int folds) {
        return RandomStream.of(seed, Purpose.FOLDS, row).nextInt(folds);
    }

    long seed() {
        return seed;
    }
}
