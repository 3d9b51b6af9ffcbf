package io.twostep.features;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Deals rows to folds in turn, in an order drawn at random: class by class where they are stratified, so that each fold has
 * its share of each class but for a row. Groups are dealt as a whole, each to the fold that has the fewest rows.
 */
record FoldSplit(SplitRule by, int folds, long seed) {

    /**
     * The rows of a fold.
     *
     * @param fold 1 for the first
     * @return ascending
     */
    int[] rows(int fold, ColumnData target, Function<String, ColumnData> columns) {
        int[] dealt = dealt(target, columns);
        return IntStream.range(0, dealt.length)
                .filter(row -> dealt[row] == fold - 1)
                .toArray();
    }

    /** The fold of each row, from 0 on. */
    private int[] dealt(ColumnData target, Function<String, ColumnData> columns) {
        if (by instanceof SplitRule.Group group) {
            return dealt(Groups.of(columns.apply(group.column())));
        }
        int[] order = by instanceof SplitRule.Stratified ? Groups.of(target).inTurn(seed) : shuffled(target.rows());
        int[] dealt = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            dealt[order[place]] = place % folds;
        }
        return dealt;
    }

    private int[] shuffled(int rows) {
        int[] order = IntStream.range(0, rows).toArray();
        RandomStream.of(seed, Purpose.SPLIT).shuffle(order);
        return order;
    }

    private int[] dealt(Groups groups) {
        int[] dealt = new int[groups.rows()];
        int[] sizes = new int[folds];
        for (int group : groups.shuffled(RandomStream.of(seed, Purpose.SPLIT))) {
            int smallest = IntStream.range(1, folds).reduce(0, (best, fold) -> sizes[fold] < sizes[best] ? fold : best);
            sizes[smallest] += groups.size(group);
            Arrays.stream(groups.rows(group)).forEach(row -> dealt[row] = smallest);
        }
        return dealt;
    }
}
