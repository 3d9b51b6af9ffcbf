package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.storage.DataFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A dataset as a Parquet file that others can read, in a temporary folder of its own, which goes with {@link #close()}.
 *
 * @param file only to be read
 */
public record ParquetCopy(DataFolder dataFolder, Path folder, Path file) implements AutoCloseable {

    static ParquetCopy of(Dataset dataset, Path original, TableFiles tables, DataFolder dataFolder) {
        requireNamesThatDifferInMoreThanCase(dataset.columnNames());
        Path folder = dataFolder.newTemporaryFolder();
        try {
            Path file = folder.resolve("copy.parquet");
            tables.copy(original, dataset.columns(), file, folder);
            return new ParquetCopy(dataFolder, folder, file);
        } catch (RuntimeException e) {
            dataFolder.delete(folder);
            throw e;
        }
    }

    @Override
    public void close() {
        dataFolder.delete(folder);
    }

    /** What writes the file would give one of the two another name, without a word. */
    private static void requireNamesThatDifferInMoreThanCase(List<String> names) {
        Map<String, String> known = new HashMap<>();
        for (String name : names) {
            String other = known.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new ServiceException(
                        ErrorCode.INVALID_PARAMETER,
                        List.of(new Problem(
                                "format",
                                "must be csv for this dataset, since the names of its columns " + Excerpt.quoted(other)
                                        + " and " + Excerpt.quoted(name) + " differ in case only")));
            }
        }
    }
}
