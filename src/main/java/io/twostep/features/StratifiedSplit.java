package io.twostep.features;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Rows class by class, of which every so many-th is for validation, and of the rest for the test: each class has its share,
 * but for a row or two. At least one row of each class is learned from.
 */
record StratifiedSplit(double validation, double test, long seed) {

    Parts divide(ColumnData target) {
        Groups classes = Groups.of(target);
        Parts parts = new Parts(target.rows());
        int[] inClasses = inClasses(classes);
        double start = RandomStream.of(seed, Purpose.SPLIT, inClasses.length).nextDouble();
        int[] rest = take(inClasses, validation, start, SplitPart.VALIDATION, parts);
        take(rest, test / (1 - validation), start, SplitPart.TEST, parts);
        for (int kind = 0; kind < classes.count(); kind++) {
            keepOne(classes.rows(kind), parts);
        }
        return parts;
    }

    /** The rows of all classes of more than one row, class by class, each in an order of its own. */
    private int[] inClasses(Groups classes) {
        int[] rows = new int[classes.rows()];
        int next = 0;
        for (int kind : classes.shuffled(RandomStream.of(seed, Purpose.SPLIT))) {
            if (classes.size(kind) > 1) {
                int[] members = classes.rows(kind);
                RandomStream.of(seed, Purpose.SPLIT, members[0]).shuffle(members);
                System.arraycopy(members, 0, rows, next, members.length);
                next += members.length;
            }
        }
        return Arrays.copyOf(rows, next);
    }

    /** Gives rows at even distances to a part, and returns the others. */
    private static int[] take(int[] rows, double share, double start, SplitPart part, Parts parts) {
        int[] others = new int[rows.length];
        int left = 0;
        for (int place = 0; place < rows.length; place++) {
            if (Math.floor((place + 1) * share + start) > Math.floor(place * share + start)) {
                parts.give(rows[place], part);
            } else {
                others[left++] = rows[place];
            }
        }
        return Arrays.copyOf(others, left);
    }

    private static void keepOne(int[] rows, Parts parts) {
        if (Arrays.stream(rows).noneMatch(row -> parts.isIn(row, SplitPart.TRAINING))) {
            parts.give(rows[0], SplitPart.TRAINING);
        }
    }
}
