package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path root;

    @Test
    void emptiesItsTemporaryPartAtStartAndNothingElse() throws IOException {
        DataFolder before = new DataFolder(root);
        Files.writeString(before.newTemporaryFolder().resolve("upload"), "half");
        before.blobs("things").write("kept", out -> out.write(1));

        DataFolder after = new DataFolder(root);

        assertThat(after.temporary()).isEmptyDirectory();
        assertThat(after.blobs("things").read("kept")).containsExactly(1);
    }

    @Test
    void isNewUntilItIsFurnished() throws IOException {
        DataFolder first = new DataFolder(root.resolve("data"));
        assertThat(first.isNew()).isTrue();
        DataFolder afterACrash = new DataFolder(root.resolve("data"));
        assertThat(afterACrash.isNew()).isTrue();

        afterACrash.furnished();

        assertThat(afterACrash.isNew()).isFalse();
        assertThat(new DataFolder(root.resolve("data")).isNew()).isFalse();
        Files.writeString(root.resolve("somebodys"), "x");
        assertThat(new DataFolder(root).isNew()).isFalse();
    }

    @Test
    void followsNoLinkOutOfItself() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "x");
        DataFolder folder = new DataFolder(root.resolve("data"));
        Files.createSymbolicLink(folder.newTemporaryFolder().resolve("link"), outside);

        DataFolder again = new DataFolder(root.resolve("data"));

        assertThat(again.temporary()).isEmptyDirectory();
        assertThat(outside.resolve("precious")).exists();
    }

    @Test
    void deletesTemporaryFoldersOnly() {
        DataFolder folder = new DataFolder(root);
        Path temporary = folder.newTemporaryFolder();

        folder.delete(temporary);

        assertThat(temporary).doesNotExist();
        assertThatIllegalArgumentException().isThrownBy(() -> folder.delete(folder.temporary()));
        assertThatIllegalArgumentException().isThrownBy(() -> folder.delete(root));
    }

    @Test
    void holdsADatabaseWhereverItIs() throws SQLException {
        Path relative = Path.of("").toAbsolutePath().relativize(root.resolve("below"));

        DataFolder folder = new DataFolder(relative);

        assertThat(folder.root()).isEqualTo(root.resolve("below"));
        EmbeddedDatabase database = new EmbeddedDatabase(folder.root().resolve("twostep"));
        try (Connection connection =
                DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(root.resolve("below/twostep.mv.db")).exists();
    }

    @Test
    void letsOneProcessIn() {
        try (DataFolder first = DataFolder.locked(root.resolve("data"), 0)) {
            assertThat(first.isNew()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> DataFolder.locked(root.resolve("data"), 0))
                    .withMessageContaining("in use by another process")
                    .withMessageContaining("twostep.data-dir");
        }
        DataFolder.locked(root.resolve("data"), 0).close();
    }

    @Test
    void doesNotEmptyTheTemporaryPartOfAnother() {
        try (DataFolder first = DataFolder.locked(root, 0)) {
            Path temporary = first.newTemporaryFolder();

            assertThatIllegalStateException().isThrownBy(() -> DataFolder.locked(root, 0));

            assertThat(temporary).exists();
        }
    }

    @Test
    void keepsItsDatabaseToItself() throws IOException {
        Path file = new DataFolder(root.resolve("data")).file("some.db");

        assertThat(file).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "kept");
        assertThat(new DataFolder(root.resolve("data")).file("some.db")).hasContent("kept");
    }

    @Test
    void staysOpenForOthersWhenAThreadIsInterrupted() throws SQLException {
        EmbeddedDatabase database = new EmbeddedDatabase(root.resolve("interrupted"));
        try (Connection connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                Statement statement = connection.createStatement()) {
            Thread.currentThread().interrupt();
            statement.execute("create table t (id int)");
            statement.execute("insert into t values (1)");
            assertThat(Thread.interrupted()).isTrue();

            assertThat(statement.executeUpdate("insert into t values (2)")).isEqualTo(1);
        }
    }

    @Test
    void givesIdsThatGrow() {
        List<String> ids = Stream.generate(() -> Ids.next("ds")).limit(10_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("ds_[0-9A-HJKMNP-TV-Z]{26}"));
    }
}
