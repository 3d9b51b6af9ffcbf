package io.twostep.dataset.store;

import io.twostep.dataset.DatasetProperties;
import io.twostep.error.ErrorCode;
import io.twostep.error.FullDisk;
import io.twostep.error.ServiceException;
import io.twostep.natives.UnpackedLibrary;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Opens an analytical database in memory for one piece of work. It may use the folders it is given and nothing else: no
 * other file, no network, no extension, and no statement can change that any more.
 */
final class DuckDb {

    private static final String LIBRARY = "libduckdb_java";

    private static final AtomicBoolean loaded = new AtomicBoolean();

    private final DatasetProperties bounds;

    DuckDb(DatasetProperties bounds) {
        this.bounds = bounds;
    }

    /** Work on an open database. */
    interface Work<T> {
        T with(Connection database) throws SQLException;
    }

    /**
     * Does the work and closes the database.
     *
     * @param temporary for what does not fit into memory
     * @param folders what the work may read and write besides
     */
    <T> T call(Path temporary, Collection<Path> folders, Work<T> work) {
        try (Connection database = open(temporary, folders)) {
            return work.with(database);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Opens a database; the caller closes it.
     *
     * @param temporary as for {@link #call}
     * @param folders as for {@link #call}
     */
    Connection open(Path temporary, Collection<Path> folders) throws SQLException {
        Connection database = connect();
        String allowed = folders.stream().map(DuckDb::literal).collect(Collectors.joining(", ", "[", "]"));
        try (Statement statement = database.createStatement()) {
            // The order matters: each of the last two forbids what comes before it.
            statement.execute("SET memory_limit = '" + bounds.memory().toMegabytes() + "MB'");
            statement.execute("SET threads = " + bounds.threads());
            statement.execute("SET allowed_directories = " + allowed);
            // The list of a file's columns, which is long for a wide table, is read once and not for each query.
            statement.execute("SET parquet_metadata_cache = true");
            statement.execute("SET temp_directory = " + literal(temporary));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        } catch (SQLException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** The first connection loads the library, which is unpacked for it and takes a second. */
    private static Connection connect() throws SQLException {
        try {
            Connection database = DriverManager.getConnection("jdbc:duckdb:");
            if (!loaded.getAndSet(true)) {
                UnpackedLibrary.forget(LIBRARY);
            }
            return database;
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "This build has no DuckDB that runs on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": build it on such a machine.",
                    e);
        }
    }

    /** Our own words: what the database says names files and statements. */
    static ServiceException failure(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (FullDisk.isSaidBy(message)) {
            return new StorageException(new IOException(message, e));
        }
        ServiceException failure = message.startsWith("Out of Memory")
                ? new ServiceException(
                        ErrorCode.DATASET_TOO_LARGE, "The table needs more memory than twostep.dataset.memory allows.")
                : new ServiceException(ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.STORAGE_UNAVAILABLE.title());
        failure.initCause(e);
        return failure;
    }

    static String literal(Path path) {
        return literal(path.toAbsolutePath().toString());
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
