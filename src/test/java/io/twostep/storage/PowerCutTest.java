package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.crash.Campaign;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Random;
import org.h2.store.fs.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded database has after a power cut, on a disk that is played in memory. */
class PowerCutTest {

    private static final int CUTS = Campaign.size("power-cuts", 60);
    /** A fault has to come out within so many. */
    private static final int MANY_CUTS = 3_000;

    private static final long SEED = Long.getLong("twostep.campaign.seed", 20261129);
    private static final int COMMITS = 40;

    private final DiskRecord disk = new DiskRecord();
    private final Random random = new Random(SEED);

    @BeforeEach
    void register() {
        RecordedPath.register(disk);
        ForcedOncePath.register();
        ForcedFilePath.register(() -> false);
    }

    /** Where space is given back at once, chunks overwrite others much sooner than they do in the service. */
    @ParameterizedTest
    @ValueSource(strings = {"", ";RETENTION_TIME=0"})
    void leavesAllThatWasCommitted(String settings) throws SQLException, IOException {
        write("forced:", settings);

        Optional<String> loss = firstLoss(CUTS);

        Campaign.report(
                "power cuts%s, seed %d".formatted(settings, SEED), CUTS + " cuts, loss: " + loss.orElse("none"));
        assertThat(loss).as("seed %d", SEED).isEmpty();
    }

    @Test
    void wouldTakeCommitsThatNobodyForces() throws SQLException, IOException {
        write("", "");

        assertThat(firstLoss(MANY_CUTS)).as("seed %d", SEED).isPresent();
    }

    @Test
    void wouldTearChunksThatAreForcedAsAWhole() throws SQLException, IOException {
        write("once:", "");

        assertThat(firstLoss(MANY_CUTS)).as("seed %d", SEED).isPresent();
    }

    @Test
    void wouldTakeCommitsThatAreHeldBack() throws SQLException, IOException {
        write("forced:", ";WRITE_DELAY=500");

        assertThat(firstLoss(MANY_CUTS)).as("seed %d", SEED).isPresent();
    }

    /** Each commit adds one row of up to 6,000 bytes, and some take an older one away. */
    private void write(String forcing, String settings) throws SQLException {
        String url = "jdbc:h2:" + forcing + "recorded:memFS:/written" + System.nanoTime() + "/db"
                + (settings.startsWith(";WRITE_DELAY")
                        ? EmbeddedDatabase.MODE.replace(";WRITE_DELAY=0", "")
                        : EmbeddedDatabase.MODE)
                + settings;
        try (Connection database = DriverManager.getConnection(url, "sa", "");
                Statement statement = database.createStatement()) {
            statement.execute("create table kept (id int primary key, bytes varbinary)");
            statement.execute("create table gone (id int primary key, bytes varbinary)");
            disk.acknowledged(0);
            database.setAutoCommit(false);
            for (int id = 1; id <= COMMITS; id++) {
                insert(database, "kept", id);
                insert(database, "gone", id);
                statement.execute("delete from gone where id = " + (id - 3));
                database.commit();
                disk.acknowledged(id);
            }
        }
    }

    private void insert(Connection database, String table, int id) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("insert into " + table + " values (?, ?)")) {
            byte[] bytes = new byte[random.nextInt(6_000)];
            random.nextBytes(bytes);
            insert.setInt(1, id);
            insert.setBytes(2, bytes);
            insert.executeUpdate();
        }
    }

    /** What is missing or unreadable after a cut at some random moment, none of them before the tables stood. */
    private Optional<String> firstLoss(int cuts) throws IOException {
        int first = 0;
        while (disk.acknowledgedBefore(first) == 0) {
            first++;
        }
        for (int cut = 0; cut < cuts; cut++) {
            int moment = first + random.nextInt(disk.moments() - first + 1);
            byte[] file = disk.cut(moment, random.nextInt(11) / 10.0, random);
            String loss = loss(file, disk.acknowledgedBefore(moment));
            if (!loss.isEmpty()) {
                return Optional.of("cut before event " + moment + ": " + loss);
            }
        }
        return Optional.empty();
    }

    private static String loss(byte[] file, int acknowledged) throws IOException {
        String folder = "memFS:/cut" + System.nanoTime();
        try (OutputStream out = FileUtils.newOutputStream(folder + "/db.mv.db", false)) {
            out.write(file);
        }
        try (Connection database =
                        DriverManager.getConnection("jdbc:h2:" + folder + "/db" + EmbeddedDatabase.MODE, "sa", "");
                Statement statement = database.createStatement()) {
            int kept = count(statement, "kept");
            return kept < acknowledged ? kept + " rows of " + acknowledged : "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        } finally {
            FileUtils.deleteRecursive(folder, true);
        }
    }

    /** Reads all bytes of all rows; they are numbered without a gap. */
    private static int count(Statement statement, String table) throws SQLException {
        int count = 0;
        try (ResultSet rows = statement.executeQuery("select id, bytes from " + table + " order by id")) {
            while (rows.next()) {
                count++;
                if (rows.getInt(1) != count || rows.getBytes(2) == null) {
                    throw new SQLException("row " + count + " is missing");
                }
            }
        }
        return count;
    }
}
