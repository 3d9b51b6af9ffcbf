package io.twostep.features;

import java.util.Arrays;

/** The values of one named column, row by row; any of them may be missing. */
public sealed interface ColumnData permits Numbers, Texts {

    String name();

    /** Number of rows, the missing ones included. */
    int rows();

    boolean isMissing(int row);

    /** The column that holds the rows of {@code indices}, in that order. */
    ColumnData rows(int[] indices);

    /** Indices of the rows that have a value, ascending; {@code rows() - presentRows().length} are missing. */
    default int[] presentRows() {
        int[] present = new int[rows()];
        int count = 0;
        for (int row = 0; row < present.length; row++) {
            if (!isMissing(row)) {
                present[count++] = row;
            }
        }
        return count == present.length ? present : Arrays.copyOf(present, count);
    }
}
