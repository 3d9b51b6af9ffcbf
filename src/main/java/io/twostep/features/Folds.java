package io.twostep.features;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * Into which fold each training row falls, so that what is learned about one fold can be learned from the others. Nothing
 * but training rows has a say in it.
 */
public final class Folds {

    private final long seed;
    private final int @Nullable [] groups;

    private Folds(long seed, int @Nullable [] groups) {
        this.seed = seed;
        this.groups = groups;
    }

    /** Drawn for each row by itself, so that no other row has a say in it. */
    public static Folds byRow(long seed) {
        return new Folds(seed, null);
    }

    /**
     * Rows of the same group fall into the same fold: what is learned about one of them is learned from none of the
     * others. The groups are dealt to the folds in turn, in an order that is drawn.
     *
     * @param rows numbers of the training rows in their table, ascending
     * @param values of the column of groups, one for each of the rows; those without one are a group, too
     */
    public static Folds byGroup(long seed, int[] rows, ColumnData values) {
        Groups found = Groups.of(values);
        int[] groups = new int[rows.length == 0 ? 0 : rows[rows.length - 1] + 1];
        int[] order = found.shuffled(RandomStream.of(seed, Purpose.FOLDS));
        for (int place = 0; place < order.length; place++) {
            for (int row : found.rows(order[place])) {
                groups[rows[row]] = place;
            }
        }
        return new Folds(seed, groups);
    }

    /**
     * The fold of a training row, from 0 on.
     *
     * @param row its number in the table
     * @param folds how many there are
     */
    int of(int row, int folds) {
        return groups == null ? RandomStream.of(seed, Purpose.FOLDS, row).nextInt(folds) : groups[row] % folds;
    }
}
