package io.twostep.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables in files: typed columns, written once and read by column. */
public interface TableFiles {

    /**
     * Looks at a Parquet file that somebody has made, whose names of columns are yet to be checked. What it returns is
     * read from that file by {@link #write}.
     *
     * @param temporary as for {@link #write}
     * @throws io.twostep.error.ServiceException MALFORMED_PARQUET, DATASET_EMPTY, DATASET_TOO_LARGE, and
     *     DATASET_SHAPE for columns that are not flat or of a type that is not read
     */
    RawTable readParquet(Path file, Path temporary);

    /**
     * Finds the type of every column by looking at all its values and writes the typed table.
     *
     * @param temporary an empty folder for what does not fit into memory
     * @throws io.twostep.error.ServiceException NON_FINITE_NUMBER, and MALFORMED_PARQUET or
     *     PAYLOAD_TOO_LARGE where that is what it reads
     */
    List<DatasetColumn> write(RawTable raw, Path file, Path temporary);

    /**
     * Opens a file for reading; the caller closes it. Shows numbers as numbers, all else as text.
     *
     * @param columns all that the file has
     * @param rows how many it has
     */
    OpenTable open(Path file, List<DatasetColumn> columns, int rows);

    /**
     * Copies a file of ours to one that others can read: Parquet too, with the columns under their own names.
     *
     * @param columns all that the file has, no two of them with names that differ in case only
     * @param copy does not exist yet
     * @param temporary an empty folder for what does not fit into memory
     */
    void copy(Path file, List<DatasetColumn> columns, Path copy, Path temporary);

    /** The first rows of all columns, by name; values are numbers, booleans, strings or null. */
    List<Map<String, @Nullable Object>> rows(Path file, List<DatasetColumn> columns, int limit);

    /** Opens a file for figures of its values; the caller closes it. */
    TableStatistics statistics(Path file, List<DatasetColumn> columns, long rows);
}
