package io.twostep.features;

import io.twostep.error.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Columns of equal length under names of their own, in memory. */
public record Table(List<ColumnData> columns) implements TableSource {

    /** @throws InvalidValueException if two columns share a name or differ in their number of rows */
    public Table {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (ColumnData column : columns) {
            if (!names.add(column.name())) {
                throw Problems.inColumn(column.name(), "stands twice in the table");
            }
            if (column.rows() != columns.get(0).rows()) {
                throw Problems.inColumn(
                        column.name(),
                        "has %d rows where the first column has %d"
                                .formatted(column.rows(), columns.get(0).rows()));
            }
        }
    }

    /** Number of rows; 0 for a table without columns. */
    @Override
    public int rows() {
        return columns.isEmpty() ? 0 : columns.get(0).rows();
    }

    /**
     * The column of that name.
     *
     * @throws InvalidValueException if there is none
     */
    public ColumnData column(String name) {
        return columns.get(position(name, 0));
    }

    /** The table that holds the rows of {@code indices}, in that order. */
    public Table rows(int[] indices) {
        return new Table(columns.stream().map(column -> column.rows(indices)).toList());
    }

    /**
     * Some columns, in that order.
     *
     * @throws InvalidValueException if there is none of such a name
     */
    public Table only(List<String> names) {
        return new Table(names.stream().map(this::column).toList());
    }

    /** Indices of the rows that have a value in each column, ascending; of a table with at least one. */
    public int[] presentRows() {
        int[] present = columns.get(0).presentRows();
        for (ColumnData column : columns.subList(1, columns.size())) {
            present = Rows.inBoth(present, column.presentRows());
        }
        return present;
    }

    @Override
    public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
        names.forEach(name -> reader.accept(column(name)));
    }

    /** Shows all rows at once. */
    @Override
    public void forEachPiece(List<String> names, Consumer<Table> reader) {
        Table piece = only(names);
        if (piece.rows() > 0) {
            reader.accept(piece);
        }
    }

    /**
     * Where the column stands. The search goes round from {@code start}: asking for the columns in the order in which
     * they stand, each time from behind the last one, looks at every column once.
     */
    int position(String name, int start) {
        for (int i = 0; i < columns.size(); i++) {
            int position = (start + i) % columns.size();
            if (columns.get(position).name().equals(name)) {
                return position;
            }
        }
        throw Problems.inColumn(name, "is not in the table");
    }
}
