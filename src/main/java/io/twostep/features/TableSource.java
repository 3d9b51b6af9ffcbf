package io.twostep.features;

import java.util.List;
import java.util.function.Consumer;

/**
 * A table that need not fit into memory: it is read as often as somebody likes, by column to learn from it and by row to
 * encode it. What it shows is the same each time.
 */
public interface TableSource {

    /** Number of rows. */
    int rows();

    /**
     * Shows whole columns, one after the other.
     *
     * @param names the columns, in the order in which they are shown
     * @param reader need not keep what it is shown, and may throw, which ends the reading
     * @throws io.twostep.error.InvalidValueException at the first name that no column has
     */
    void forEachColumn(List<String> names, Consumer<ColumnData> reader);

    /**
     * Shows all rows of some columns in the order of the table, some rows at a time.
     *
     * @param names the columns of each piece, in that order
     * @param reader as above; is not asked where there is no row
     * @throws io.twostep.error.InvalidValueException if there is no column of such a name
     */
    void forEachPiece(List<String> names, Consumer<Table> reader);
}
