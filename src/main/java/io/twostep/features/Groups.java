package io.twostep.features;

import io.twostep.matrix.RandomStream;
import java.util.Arrays;

/** The rows of each value, in the order in which the values come first; those without one are a group, too. */
final class Groups {

    private final int[] members;
    private final int[] starts;

    private Groups(int[] members, int[] starts) {
        this.members = members;
        this.starts = starts;
    }

    static Groups of(ColumnData column) {
        RowOrder order = RowOrder.of(column);
        int[] sorted = order.sorted(column.rows());
        int[] runs = runs(sorted, order);
        int[] members = new int[sorted.length];
        int[] starts = new int[runs.length];
        int groups = 0;
        int next = 0;
        for (int run : runs) {
            if (run > 0) {
                starts[groups++] = next;
                int first = run - 1;
                for (int i = first; i < sorted.length && order.areSame(sorted[first], sorted[i]); i++) {
                    members[next++] = sorted[i];
                }
            }
        }
        starts[groups] = next;
        return new Groups(members, Arrays.copyOf(starts, groups + 1));
    }

    /** For each row that is the first of its group, 1 plus where the group begins in {@code sorted}; else 0. */
    private static int[] runs(int[] sorted, RowOrder order) {
        int[] runs = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || !order.areSame(sorted[i - 1], sorted[i])) {
                runs[sorted[i]] = i + 1;
            }
        }
        return runs;
    }

    int count() {
        return starts.length - 1;
    }

    int rows() {
        return members.length;
    }

    int size(int group) {
        return starts[group + 1] - starts[group];
    }

    /** The rows of a group, ascending; a copy. */
    int[] rows(int group) {
        return Arrays.copyOfRange(members, starts[group], starts[group + 1]);
    }

    /** All rows, group by group, the groups and the rows of each in orders drawn at random. */
    int[] inTurn(long seed) {
        int[] rows = new int[rows()];
        int next = 0;
        for (int group : shuffled(RandomStream.of(seed, RandomStream.Purpose.SPLIT))) {
            int[] own = rows(group);
            RandomStream.of(seed, RandomStream.Purpose.SPLIT, own[0]).shuffle(own);
            System.arraycopy(own, 0, rows, next, own.length);
            next += own.length;
        }
        return rows;
    }

    /** The groups in an order drawn at random. */
    int[] shuffled(RandomStream random) {
        int[] order = new int[count()];
        Arrays.setAll(order, group -> group);
        random.shuffle(order);
        return order;
    }
}
