package io.twostep.job.store;

import io.twostep.storage.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What there is to know of each checkpoint. */
final class CheckpointTable {

    private final JdbcClient jdbc;

    CheckpointTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A checkpoint.
     *
     * @param attempt that wrote it
     * @param fingerprint of all that the state depends on
     * @param epochs finished
     * @param steps made
     */
    record Row(Blob file, String jobId, int attempt, String fingerprint, int epochs, long steps, Instant at) {}

    void add(Row row) {
        jdbc.sql("""
                insert into training_checkpoint (file, job_id, attempt, fingerprint, epochs, steps, sha256, bytes,
                    created_at)
                values (:file, :jobId, :attempt, :fingerprint, :epochs, :steps, :sha256, :bytes, :at)""")
                .param("file", row.file().key())
                .param("jobId", row.jobId())
                .param("attempt", row.attempt())
                .param("fingerprint", row.fingerprint())
                .param("epochs", row.epochs())
                .param("steps", row.steps())
                .param("sha256", row.file().sha256())
                .param("bytes", row.file().bytes())
                .param("at", row.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those of a job; one that was written later comes first. */
    List<Row> newestFirst(String jobId) {
        return jdbc.sql("select * from training_checkpoint where job_id = :jobId order by file desc")
                .param("jobId", jobId)
                .query(CheckpointTable::row)
                .list();
    }

    /** Deletes all but the newest {@code kept} of a job. */
    void delete(String jobId, int kept) {
        newestFirst(jobId).stream().skip(kept).forEach(row -> delete(row.file().key()));
    }

    /** Deletes those of a job that are further than a step. */
    void deleteAfter(String jobId, long steps) {
        jdbc.sql("delete from training_checkpoint where job_id = :jobId and steps > :steps")
                .param("jobId", jobId)
                .param("steps", steps)
                .update();
    }

    List<String> files() {
        return jdbc.sql("select file from training_checkpoint")
                .query(String.class)
                .list();
    }

    private void delete(String file) {
        jdbc.sql("delete from training_checkpoint where file = :file")
                .param("file", file)
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new Blob(row.getString("file"), row.getString("sha256"), row.getLong("bytes")),
                row.getString("job_id"),
                row.getInt("attempt"),
                row.getString("fingerprint"),
                row.getInt("epochs"),
                row.getLong("steps"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
