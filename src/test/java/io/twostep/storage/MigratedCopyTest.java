package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MigratedCopyTest {

    @TempDir
    Path root;

    private Path migrations;
    private DataFolder dataFolder;
    private EmbeddedDatabase database;

    @BeforeEach
    void open() throws IOException {
        migrations = Files.createDirectory(root.resolve("migrations"));
        dataFolder = new DataFolder(root.resolve("data"));
        database = new EmbeddedDatabase(dataFolder.root().resolve("some"));
        dataFolder.file("some.mv.db");
    }

    @Test
    void migratesANewDatabaseAndAnOldOne() throws IOException, SQLException {
        migration("V1__one.sql", "create table one (id int)");
        migrate();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into one values (1)");
        }
        migration("V2__two.sql", "create table two as select id from one");
        migrate();

        assertThat(count("two")).isOne();
        Object file = Files.getAttribute(database.path(), "unix:ino");
        migrate();
        assertThat(Files.getAttribute(database.path(), "unix:ino")).isEqualTo(file);
        assertThat(dataFolder.temporary()).isEmptyDirectory();
    }

    @Test
    void leavesTheDatabaseAsItWasWhenAMigrationBreaksOff() throws IOException, SQLException {
        migration("V1__one.sql", "create table one (id int)");
        migrate();
        migration("V2__two.sql", "create table two (id int); insert into nowhere values (1)");
        assertThatThrownBy(this::migrate).hasMessageContaining("V2__two.sql");

        assertThat(tables()).contains("one").doesNotContain("two");
        migration("V2__two.sql", "create table two (id int)");
        migrate();
        assertThat(tables()).contains("one", "two");
    }

    private void migration(String name, String sql) throws IOException {
        Files.writeString(migrations.resolve(name), sql);
    }

    private void migrate() {
        new MigratedCopy(dataFolder, "filesystem:" + migrations).replace(database);
    }

    private long count(String table) throws SQLException {
        return select("select count(*) from " + table, Long.class).get(0);
    }

    private List<String> tables() throws SQLException {
        return select("select table_name from information_schema.tables where table_schema = 'public'", String.class);
    }

    private <T> List<T> select(String sql, Class<T> type) throws SQLException {
        try (Connection connection = connect()) {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql(sql)
                    .query(type)
                    .list();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
