package io.twostep.dataset;

import io.twostep.storage.Blob;
import io.twostep.storage.DataFolder;
import io.twostep.storage.Ids;
import io.twostep.storage.Sha256;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that the service makes, value by value, within the bounds of an upload. Takes no memory but for a buffer; what
 * it writes goes with {@link #close()}, unless it was finished.
 */
public final class DatasetDraft implements AutoCloseable {

    private static final String PREFIX = "ds";

    private final List<RawTable.Column> columns;
    private final TableFiles tables;
    private final DataFolder dataFolder;
    private final Path folder;
    private final Path file;
    private final RawTableWriter out;
    private boolean open = true;

    DatasetDraft(List<RawTable.Column> columns, DatasetProperties bounds, TableFiles tables, DataFolder dataFolder) {
        this.columns = List.copyOf(columns);
        this.tables = tables;
        this.dataFolder = dataFolder;
        this.folder = dataFolder.newTemporaryFolder();
        this.file = folder.resolve("raw.csv");
        try {
            this.out = new RawTableWriter(file, bounds);
        } catch (IOException e) {
            dataFolder.delete(folder);
            throw new StorageException(e);
        }
    }

    /** A table on the disk, which no dataset owns yet. */
    record Finished(String id, long rows, List<DatasetColumn> columns, String sha256, long bytes, Blob parquet) {}

    /**
     * Adds the next value of the present row.
     *
     * @param value null where it is missing
     * @throws io.twostep.error.ServiceException DATASET_TOO_LARGE
     */
    public void value(@Nullable String value) {
        try {
            out.value(value);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** To be called after the last value of each row; throws as {@link #value}. */
    public void endRow() {
        try {
            out.endRow();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Writes the table, typed; at least one row. What can fail stands before the file that stays.
     *
     * @param pause asked between the steps
     */
    Finished finish(Runnable pause) {
        try {
            closeFile();
            long bytes = Files.size(file);
            pause.run();
            String sha256 = digest();
            pause.run();
            String id = Ids.next(PREFIX);
            RawTable raw = new RawTable(file, out.rows(), columns, plain());
            List<DatasetColumn> typed = new ArrayList<>();
            Blob parquet = dataFolder
                    .blobs(Datasets.AREA)
                    .writeFile(id + ".parquet", path -> typed.addAll(tables.write(raw, path, folder)));
            return new Finished(id, out.rows(), typed, sha256, bytes, parquet);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Of the names and kinds too: the file has no header. */
    private String digest() throws IOException {
        MessageDigest digest = Sha256.digest();
        for (RawTable.Column column : columns) {
            digest.update((column.kind() + " " + column.name() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        digest.update(Sha256.of(file).getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }

    @Override
    public void close() {
        try {
            closeFile();
        } catch (IOException e) {
            throw new StorageException(e);
        } finally {
            dataFolder.delete(folder);
        }
    }

    private void closeFile() throws IOException {
        if (open) {
            open = false;
            out.close();
        }
    }

    private static Inferred plain() {
        return new Inferred(DatasetFormat.CSV, "utf-8", ",", "\"", "\"", false, ".", List.of(), List.of(), List.of());
    }
}
