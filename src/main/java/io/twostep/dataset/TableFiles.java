package io.twostep.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables in files: typed columns, written once and read by column. */
public interface TableFiles {

    /**
     * Finds the type of every column by looking at all its values and writes the typed table.
     *
     * @param temporary an empty folder for what does not fit into memory
     * @throws io.twostep.error.ServiceException NON_FINITE_NUMBER
     */
    List<DatasetColumn> write(RawTable raw, Path file, Path temporary);

    /**
     * Opens a file for reading; the caller closes it. Shows numbers as numbers, all else as text.
     *
     * @param columns all that the file has
     * @param rows how many it has
     */
    OpenTable open(Path file, List<DatasetColumn> columns, int rows);

    /** The first rows of all columns, by name; values are numbers, booleans, strings or null. */
    List<Map<String, @Nullable Object>> rows(Path file, List<DatasetColumn> columns, int limit);

    /** Opens a file for figures of its values; the caller closes it. */
    TableStatistics statistics(Path file, List<DatasetColumn> columns, long rows);
}
