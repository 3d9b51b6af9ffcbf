package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.job.Columns;
import io.twostep.job.InputEstimate;
import io.twostep.job.TargetTask;
import io.twostep.nn.Task;
import io.twostep.training.Recipe;
import java.util.List;

/** How many rows of a dataset are looked at: few enough to be read and encoded while somebody waits. */
final class SampleSize {

    static final int MOST_ROWS = 4_096;

    /** Values that are read. */
    private static final int MOST_CELLS = 1 << 20;

    /** Numbers that they become. */
    private static final long MOST_NUMBERS = 1 << 24;

    /** Fewer tell nothing. */
    private static final int FEWEST_ROWS = 32;

    private SampleSize() {}

    /** @param columns that are read */
    static int of(Dataset dataset, Recipe recipe, int columns) {
        Dataset most = shrunk(dataset, MOST_ROWS);
        Columns known = new Columns(most);
        Task task = TargetTask.of(recipe, known);
        long width = InputEstimate.of(recipe.encoding(), known, recipe.features(), task)
                        .inputs()
                + task.count();
        long rows = Math.min(MOST_ROWS, Math.min(MOST_CELLS / columns, MOST_NUMBERS / width));
        return (int) Math.min(dataset.rows(), Math.max(FEWEST_ROWS, rows));
    }

    /** The dataset as if it had so many rows and no more. */
    static Dataset shrunk(Dataset dataset, long rows) {
        if (dataset.rows() <= rows) {
            return dataset;
        }
        List<DatasetColumn> columns = dataset.columns().stream()
                .map(column -> new DatasetColumn(
                        column.name(),
                        column.type(),
                        Math.min(rows, column.missing()),
                        Math.min(rows, column.distinct()),
                        column.dateOrder(),
                        null,
                        null))
                .toList();
        long bytes = Math.max(1, (long) ((double) dataset.bytes() / dataset.rows() * rows));
        return new Dataset(
                dataset.id(),
                dataset.name(),
                rows,
                columns,
                dataset.sha256(),
                bytes,
                dataset.createdAt(),
                dataset.inferred(),
                dataset.derivedFrom());
    }
}
