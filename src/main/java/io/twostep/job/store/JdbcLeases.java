package io.twostep.job.store;

import io.twostep.job.Lease;
import io.twostep.job.Leases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks at the scheduler's own table, since the scheduler tells nobody that a worker has lost its place. */
@Repository
class JdbcLeases implements Leases {

    private final JdbcClient jdbc;

    JdbcLeases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean hold(Lease lease) {
        return jdbc.sql("""
                        select version from scheduled_tasks
                        where task_name = :task and task_instance = :job and picked = true and version = :version
                        for update""")
                .param("task", lease.task())
                .param("job", lease.jobId())
                .param("version", lease.version())
                .query(Long.class)
                .optional()
                .isPresent();
    }
}
