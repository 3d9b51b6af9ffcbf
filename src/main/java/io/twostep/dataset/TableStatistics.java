package io.twostep.dataset;

import io.twostep.dataset.ColumnProfile.ValueCount;
import java.util.List;

/** Figures of the values of one table. Columns are told by their position. */
public interface TableStatistics extends AutoCloseable {

    List<ColumnProfile> profiles(List<Integer> columns);

    /** Rows that are like one before them in all columns. */
    long duplicateRows();

    /** The least frequent value of a column that has one. */
    ValueCount rarest(int column);

    /**
     * How much of a target a column tells by itself, from 0 to 1.
     *
     * <p>Of a class: by how much the share of wrong guesses falls if each value of the column is guessed to have its most
     * frequent class, missing values being a value like others; or 1 if each class has a range of the column to itself.
     * Of a number: the rank correlation.
     *
     * @param classes whether the target is a class
     */
    double tells(int column, int target, boolean classes);

    @Override
    void close();
}
