package io.twostep.job.store;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.QueueGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the places in the scheduler's own table, which jobs of all kinds have; a job that runs has one that is picked. */
@Repository
class JdbcQueueGate implements QueueGate {

    /** A replica that stopped at the gate holds the others up until its connection is found to be dead. */
    private static final int PATIENCE_SECONDS = 3;

    private final JdbcClient jdbc;
    private final JdbcTemplate database;

    JdbcQueueGate(JdbcClient jdbc, JdbcTemplate database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    @Override
    public void close() {
        try {
            database.execute((ConnectionCallback<Boolean>) JdbcQueueGate::waitAtTheGate);
        } catch (QueryTimeoutException | PessimisticLockingFailureException e) {
            ServiceException refusal = new ServiceException(
                    ErrorCode.BUSY, "Another job has been in the queue's entrance for seconds; ask again in a moment.");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static boolean waitAtTheGate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.setQueryTimeout(PATIENCE_SECONDS);
                return statement.execute("select id from queue_gate for update");
            } finally {
                statement.setQueryTimeout(0); // H2 keeps it for whatever the connection does next
            }
        }
    }

    @Override
    public long waiting() {
        return jdbc.sql("select count(*) from scheduled_tasks where picked = false")
                .query(Long.class)
                .single();
    }

    @Override
    public long waiting(String caller) {
        return jdbc.sql("select count(*) from scheduled_tasks where picked = false and caller = :caller")
                .param("caller", caller)
                .query(Long.class)
                .single();
    }

    @Override
    public void enter(String task, String jobId, @Nullable String caller) {
        jdbc.sql("update scheduled_tasks set caller = :caller where task_name = :task and task_instance = :job")
                .param("caller", caller)
                .param("task", task)
                .param("job", jobId)
                .update();
    }
}
