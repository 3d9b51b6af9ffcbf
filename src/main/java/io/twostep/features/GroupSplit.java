package io.twostep.features;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;

/** Groups in a random order; each goes to the first part whose number of rows it brings nearer to the wanted one. */
record GroupSplit(double validation, double test, long seed) {

    Parts divide(ColumnData column) {
        Groups groups = Groups.of(column);
        Parts parts = new Parts(column.rows());
        double validationRows = column.rows() * validation;
        double testRows = column.rows() * test;
        for (int group : groups.shuffled(RandomStream.of(seed, Purpose.SPLIT))) {
            int size = groups.size(group);
            if (size < 2 * validationRows) {
                validationRows -= size;
                parts.give(groups.rows(group), SplitPart.VALIDATION);
            } else if (size < 2 * testRows) {
                testRows -= size;
                parts.give(groups.rows(group), SplitPart.TEST);
            }
        }
        return parts;
    }
}
