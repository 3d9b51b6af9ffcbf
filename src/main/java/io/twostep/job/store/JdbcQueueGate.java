package io.twostep.job.store;

import io.twostep.job.QueueGate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the places in the scheduler's own table, which jobs of all kinds have; a job that runs has one that is picked. */
@Repository
class JdbcQueueGate implements QueueGate {

    private final JdbcClient jdbc;

    JdbcQueueGate(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void close() {
        jdbc.sql("select id from queue_gate for update").query(Integer.class).single();
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
