package io.twostep.search.store;

import io.twostep.job.JobError;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
import io.twostep.search.Search;
import io.twostep.search.SearchSubmission;
import io.twostep.search.Searches;
import io.twostep.search.Settings;
import io.twostep.search.Trial;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The searches in one table, their trials in another. Who writes a trial holds the row of its search. */
@Repository
class JdbcSearches implements Searches {

    private static final String UNFINISHED = "status in ('queued', 'running', 'cancelling')";
    private static final TypeReference<List<JobTransition>> TRANSITIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final JsonMapper json;

    JdbcSearches(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public void add(Search search) {
        jdbc.sql("""
                insert into search (id, submission, status, attempt, transitions, created_at)
                values (:id, :submission, :status, :attempt, :transitions, :createdAt)""")
                .param("id", search.id())
                .param("submission", json.writeValueAsString(search.submission()))
                .param("status", search.status().wireName())
                .param("attempt", search.attempt())
                .param("transitions", json.writeValueAsString(search.transitions()))
                .param("createdAt", utc(search.createdAt()))
                .update();
    }

    @Override
    public Optional<Search> find(String id) {
        return jdbc.sql("select * from search where id = :id")
                .param("id", id)
                .query(this::search)
                .optional();
    }

    @Override
    public Optional<Search> lock(String id) {
        return jdbc.sql("select * from search where id = :id for update")
                .param("id", id)
                .query(this::search)
                .optional();
    }

    @Override
    public List<Search> list(@Nullable String after, int limit) {
        return jdbc.sql("""
                select * from search where :first or id < :after
                order by id desc fetch first :limit rows only""")
                .param("first", after == null)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(this::search)
                .list();
    }

    @Override
    public boolean replace(Search before, Search after) {
        JobError error = after.error();
        return jdbc.sql("""
                        update search set status = :status, attempt = :attempt, transitions = :transitions,
                            started_at = :startedAt, finished_at = :finishedAt, model_version = :modelVersion,
                            error_code = :errorCode, error_detail = :errorDetail
                        where id = :id and attempt = :attemptBefore and status = :statusBefore""")
                        .param("status", after.status().wireName())
                        .param("attempt", after.attempt())
                        .param("transitions", json.writeValueAsString(after.transitions()))
                        .param("startedAt", utc(after.startedAt()))
                        .param("finishedAt", utc(after.finishedAt()))
                        .param("modelVersion", after.modelVersion())
                        .param("errorCode", error == null ? null : error.code())
                        .param("errorDetail", error == null ? null : error.detail())
                        .param("id", before.id())
                        .param("attemptBefore", before.attempt())
                        .param("statusBefore", before.status().wireName())
                        .update()
                == 1;
    }

    @Override
    public boolean claim(Search queued, Search running) {
        return replace(queued, running);
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

    @Override
    public long count(JobStatus status) {
        return jdbc.sql("select count(*) from search where status = :status")
                .param("status", status.wireName())
                .query(Long.class)
                .single();
    }

    @Override
    public long queuedBefore(String id, int priority) {
        return jdbc.sql("""
                        select count(*) from search
                        where status = 'queued' and (:priority < :own or :priority = :own and id < :id)""")
                .param("id", id)
                .param("priority", priority)
                .param("own", Search.PRIORITY)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean needsDataset(String datasetId) {
        // The ids of all its datasets stand in the submission; few searches are unfinished.
        return jdbc.sql("select count(*) from search where submission like :named and " + UNFINISHED)
                        .param("named", "%\"" + datasetId + "\"%")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Search search(ResultSet row, int number) throws SQLException {
        return new Search(
                new JobLife(
                        row.getString("id"),
                        JobStatus.of(row.getString("status")),
                        row.getInt("attempt"),
                        row.getInt("deaths"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "started_at"),
                        instant(row, "finished_at"),
                        json.readValue(row.getString("transitions"), TRANSITIONS)),
                json.readValue(row.getString("submission"), SearchSubmission.class),
                row.getString("publishing_job"),
                row.getObject("model_version", Integer.class),
                error(row));
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

    private static @Nullable JobError error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new JobError(code, row.getString("error_detail"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
