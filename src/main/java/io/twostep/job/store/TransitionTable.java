package io.twostep.job.store;

import io.twostep.job.JobTransition;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The moments at which jobs changed. */
final class TransitionTable {

    private final JdbcClient jdbc;

    TransitionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds the transitions that follow the ones already there.
     *
     * @param known how many are already there
     */
    void append(String jobId, int known, List<JobTransition> more) {
        int position = known;
        for (JobTransition transition : more) {
            jdbc.sql("""
                    insert into training_job_transition (job_id, position, status, at_time)
                    values (:jobId, :position, :status, :at)""")
                    .param("jobId", jobId)
                    .param("position", position++)
                    .param("status", transition.status().wireName())
                    .param("at", transition.at().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }
}
