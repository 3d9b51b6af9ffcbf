package io.twostep.job.store;

import io.twostep.job.HistorySize;
import io.twostep.training.EpochReport;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The loss histories, a row for each epoch. */
final class LossTable {

    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    LossTable(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void append(String jobId, List<EpochReport> rows) {
        batches.batchUpdate("""
                insert into training_job_loss (job_id, epoch, train_loss, validation_loss, learning_rate, grad_norm,
                    seconds, metric)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", rows, BATCH, (statement, row) -> set(statement, jobId, row));
    }

    void deleteAfter(String jobId, int epoch) {
        jdbc.sql("delete from training_job_loss where job_id = :jobId and epoch > :epoch")
                .param("jobId", jobId)
                .param("epoch", epoch)
                .update();
    }

    List<EpochReport> after(String jobId, int epoch, int limit) {
        return jdbc.sql("""
                select * from training_job_loss where job_id = :jobId and epoch > :epoch
                order by job_id, epoch fetch first :limit rows only""")
                .param("jobId", jobId)
                .param("epoch", epoch)
                .param("limit", limit)
                .query(LossTable::row)
                .list();
    }

    HistorySize size(String jobId, int epoch) {
        return jdbc.sql("""
                select count(*) as size, count(validation_loss) as with_validation, count(metric) as with_metric
                from training_job_loss where job_id = :jobId and epoch > :epoch""")
                .param("jobId", jobId)
                .param("epoch", epoch)
                .query((row, number) -> new HistorySize(
                        row.getLong("size"), row.getLong("with_validation"), row.getLong("with_metric")))
                .single();
    }

    private static void set(PreparedStatement statement, String jobId, EpochReport row) throws SQLException {
        statement.setString(1, jobId);
        statement.setInt(2, row.epoch());
        statement.setDouble(3, row.trainLoss());
        statement.setObject(4, row.validationLoss(), Types.DOUBLE);
        statement.setDouble(5, row.learningRate());
        statement.setDouble(6, row.gradientNorm());
        statement.setDouble(7, row.seconds());
        statement.setObject(8, row.metric(), Types.DOUBLE);
    }

    private static EpochReport row(ResultSet row, int number) throws SQLException {
        return new EpochReport(
                row.getInt("epoch"),
                row.getDouble("train_loss"),
                row.getObject("validation_loss", Double.class),
                row.getDouble("learning_rate"),
                row.getDouble("grad_norm"),
                row.getDouble("seconds"),
                row.getObject("metric", Double.class));
    }
}
