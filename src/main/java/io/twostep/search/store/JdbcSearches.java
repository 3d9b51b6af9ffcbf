package io.twostep.search.store;

import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.store.JobTable;
import io.twostep.search.Search;
import io.twostep.search.SearchSubmission;
import io.twostep.search.Searches;
import io.twostep.search.Settings;
import io.twostep.search.Trial;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The searches in one table, their trials in another. Who writes a trial holds the row of its search. */
@Repository
class JdbcSearches extends JobTable<Search> implements Searches {

    private final TransactionOperations transactions;

    JdbcSearches(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        super("search", Search.PRIORITY, jdbc, json);
        this.transactions = transactions;
    }

    @Override
    public boolean add(String searchId, Trial trial) {
        return whileRunning(searchId, search -> {
            if (has(searchId, trial)) {
                return false;
            }
            insert(searchId, trial);
            return true;
        });
    }

    @Override
    public boolean publish(String searchId, String jobId) {
        return whileRunning(
                searchId,
                search -> search.publishingJob() == null
                        && jdbc.sql("update search set publishing_job = :job where id = :id")
                                        .param("job", jobId)
                                        .param("id", searchId)
                                        .update()
                                == 1);
    }

    @FunctionalInterface
    private interface Change {
        boolean of(Search locked);
    }

    private boolean whileRunning(String searchId, Change change) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> lock(searchId)
                .filter(search -> search.status() == JobStatus.RUNNING)
                .map(change::of)
                .orElse(false)));
    }

    private boolean has(String searchId, Trial trial) {
        return jdbc.sql("""
                        select count(*) from search_trial
                        where search_id = :search and rung = :rung and trial_number = :number""")
                        .param("search", searchId)
                        .param("rung", trial.rung())
                        .param("number", trial.number())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void insert(String searchId, Trial trial) {
        JobError error = trial.error();
        jdbc.sql("""
                insert into search_trial (search_id, rung, trial_number, epochs, settings, job_id, error_code,
                    error_detail)
                values (:search, :rung, :number, :epochs, :settings, :job, :errorCode, :errorDetail)""")
                .param("search", searchId)
                .param("rung", trial.rung())
                .param("number", trial.number())
                .param("epochs", trial.epochs())
                .param("settings", json.writeValueAsString(trial.settings()))
                .param("job", trial.jobId())
                .param("errorCode", error == null ? null : error.code())
                .param("errorDetail", error == null ? null : error.detail())
                .update();
    }

    @Override
    public List<Trial> trials(String searchId) {
        return jdbc.sql("select * from search_trial where search_id = :search order by rung, trial_number")
                .param("search", searchId)
                .query(this::trial)
                .list();
    }

    private Trial trial(ResultSet row, int number) throws SQLException {
        return new Trial(
                row.getInt("rung"),
                row.getInt("trial_number"),
                row.getObject("epochs", Integer.class),
                json.readValue(row.getString("settings"), Settings.class),
                row.getString("job_id"),
                error(row));
    }

    @Override
    protected Search job(ResultSet row) throws SQLException {
        return new Search(
                life(row),
                json.readValue(row.getString("submission"), SearchSubmission.class),
                row.getString("publishing_job"),
                row.getObject("model_version", Integer.class),
                error(row));
    }

    @Override
    protected Map<String, ?> accepted(Search search) {
        return Map.of("submission", json.writeValueAsString(search.submission()));
    }

    @Override
    protected Map<String, ? extends @Nullable Object> changed(Search search) {
        return Collections.singletonMap("model_version", search.modelVersion());
    }

    @Override
    protected @Nullable JobError error(Search search) {
        return search.error();
    }

    /** The ids of all its datasets stand in the submission; few searches are unfinished. */
    @Override
    protected String needs() {
        return "submission like concat('%\"', :value, '\"%')";
    }
}
