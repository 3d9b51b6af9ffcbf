package io.twostep.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;

/**
 * Migrates the embedded database wholly or not at all. H2 commits after each statement that defines something, so that a
 * crash in the midst of a migration would leave a database that no version of the service understands. So the migrations
 * are done on a copy, which then takes the place of the original; all that before anybody has the database open.
 */
final class MigratedCopy {

    private final DataFolder dataFolder;
    private final String[] locations;

    /** @param locations of the migrations, as Flyway has them */
    MigratedCopy(DataFolder dataFolder, String... locations) {
        this.dataFolder = dataFolder;
        this.locations = locations.clone();
    }

    /** Does nothing to a database that is up to date. */
    void replace(EmbeddedDatabase database) {
        try {
            if (Files.size(database.path()) == 0
                    || with(
                            database,
                            database.getJdbcUrl(),
                            flyway -> flyway.info().pending().length > 0)) {
                replaceByCopy(database);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the database cannot be migrated", e);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be opened", e);
        }
    }

    private void replaceByCopy(EmbeddedDatabase database) throws IOException, SQLException {
        Path folder = dataFolder.newTemporaryFolder();
        try {
            EmbeddedDatabase copy = new EmbeddedDatabase(folder.resolve("migrated"));
            Files.copy(database.path(), copy.path());
            with(copy, copy.unforcedUrl(), flyway -> flyway.migrate().success);
            dataFolder.replace(copy.path(), database.path());
        } finally {
            dataFolder.delete(folder);
        }
    }

    /** Opens the database once for all that Flyway does. What is written to a copy is forced at the end, by its owner. */
    private boolean with(EmbeddedDatabase database, String url, Predicate<Flyway> work) throws SQLException {
        try (Connection keptOpen = DriverManager.getConnection(url, database.getUsername(), database.getPassword())) {
            return keptOpen.isValid(0)
                    && work.test(Flyway.configure()
                            .dataSource(url, database.getUsername(), database.getPassword())
                            .locations(locations)
                            .load());
        }
    }
}
