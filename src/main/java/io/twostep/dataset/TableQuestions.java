package io.twostep.dataset;

import io.twostep.dataset.ColumnProfile.ValueCount;
import java.util.List;

/** Questions about the values of one table. Columns are told by their position. */
public interface TableQuestions extends AutoCloseable {

    ColumnProfile profile(int column);

    /** The most frequent values, most frequent first. */
    List<ValueCount> top(int column, int limit);

    /** Rows that are like one before them in all columns. */
    long duplicateRows();

    /** Whether a column tells the target without fault: each of its values goes with one class, or in proportion. */
    boolean tells(int column, int target);

    @Override
    void close();
}
