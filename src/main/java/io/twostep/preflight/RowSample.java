package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.features.ColumnData;
import io.twostep.features.StackedTable;
import io.twostep.features.Table;
import io.twostep.features.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a dataset, in memory: all of them, or stretches at even distances from the first row to the last, since tables are
 * often sorted.
 *
 * @param whole whether they are all
 */
record RowSample(TableSource table, boolean whole) {

    private static final int MOST_STRETCHES = 16;

    private static final int FEWEST_STRETCHES = 2;

    /** Columns of all stretches together: the file is asked for each of them, and takes a while to look a column up. */
    private static final int MOST_COLUMNS = 6_000;

    /**
     * Reads them, in memory that the caller has reserved.
     *
     * @param columns their names
     * @param rows at most as many as the dataset has
     */
    static RowSample read(Datasets datasets, Dataset dataset, List<String> columns, int rows) {
        try (OpenTable table = datasets.open(dataset)) {
            return of(table, columns, rows);
        }
    }

    static RowSample of(OpenTable table, List<String> columns, int rows) {
        if (rows == table.rows()) {
            return new RowSample(table.rows(columns, 0, rows), true);
        }
        int affordable = Math.max(FEWEST_STRETCHES, MOST_COLUMNS / columns.size());
        int stretches = Math.min(rows, Math.min(MOST_STRETCHES, affordable));
        int length = rows / stretches;
        List<TableSource> read = IntStream.range(0, stretches)
                .mapToObj(i -> table.rows(columns, first(i, stretches, table.rows() - length), length))
                .<TableSource>map(stretch -> stretch)
                .toList();
        return new RowSample(new StackedTable(read), false);
    }

    /** Where a stretch begins: the first one at 0, the last one at {@code last}. */
    private static int first(int stretch, int stretches, int last) {
        return stretches == 1 ? 0 : (int) ((long) last * stretch / (stretches - 1));
    }

    int rows() {
        return table.rows();
    }

    ColumnData column(String name) {
        return only(List.of(name)).column(name);
    }

    /** Some columns. */
    Table only(List<String> names) {
        List<ColumnData> shown = new ArrayList<>();
        table.forEachColumn(names, shown::add);
        return new Table(shown);
    }
}
