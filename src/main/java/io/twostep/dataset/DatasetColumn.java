package io.twostep.dataset;

/**
 * One column of a dataset.
 *
 * @param missing number of rows without a value
 * @param distinct number of different values
 */
public record DatasetColumn(String name, ColumnType type, long missing, long distinct) {}
