package io.twostep.features;

import org.ejml.data.FMatrixRMaj;

/** One column to predict, alone or beside others: in a matrix of outputs it has some neighbouring columns. */
public sealed interface SingleTarget permits ClassTarget, NumberTarget {

    /** Name of the column. */
    String column();

    /** Indices of the rows that {@link #encode} accepts, ascending: the others have no target, or an unknown label. */
    int[] knownRows(ColumnData target);

    /**
     * Writes the wanted outputs of some rows.
     *
     * @param target read; every row known
     * @param y {@code [at least rows x at least first + width]}; of its first rows the columns {@code first} to before
     *     {@code first + width} are written
     * @throws io.twostep.error.InvalidValueException with pointer {@code /row/column} at the first row that cannot be
     *     encoded
     */
    void encode(ColumnData target, FMatrixRMaj y, int first, int width);

    /** As {@link #encode(ColumnData, FMatrixRMaj, int, int)}, with all outputs for this target. */
    default void encode(ColumnData target, FMatrixRMaj y) {
        encode(target, y, 0, y.numCols);
    }
}
