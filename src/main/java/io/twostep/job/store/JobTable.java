package io.twostep.job.store;

import io.twostep.job.Job;
import io.twostep.job.JobError;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import io.twostep.job.JobStore;
import io.twostep.job.JobTransition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The memory of jobs of one kind in one table, with a column for each part of their lives. Their transitions are a JSON
 * document, since they are few and only ever read and written with their job. What else a kind has it tells column by
 * column.
 *
 * @param <J> the kind
 */
public abstract class JobTable<J extends Job<J>> implements JobStore<J> {

    /** The condition for jobs that have not ended. */
    static final String UNFINISHED = "status in ('queued', 'running', 'pausing', 'paused', 'cancelling')";

    private static final TypeReference<List<JobTransition>> TRANSITIONS = new TypeReference<>() {};

    protected final JdbcClient jdbc;
    protected final JsonMapper json;

    private final String name;
    private final int priority;

    /**
     * @param name of the table
     * @param priority that all these jobs have
     */
    protected JobTable(String name, int priority, JdbcClient jdbc, JsonMapper json) {
        this.name = name;
        this.priority = priority;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Reads a job; {@link #life} and {@link #error} read what all have. */
    protected abstract J job(ResultSet row) throws SQLException;

    /** What stands in a job's row from the first, beside its life, by column. */
    protected abstract Map<String, ?> accepted(J job);

    /** What a transition may write, beside its life, by column. */
    protected abstract Map<String, ? extends @Nullable Object> changed(J job);

    /** Why a job failed, null unless it did. */
    protected abstract @Nullable JobError error(J job);

    /** A condition for the jobs that need a dataset, in which {@code :value} stands for the dataset's id. */
    protected abstract String needs();

    @Override
    public void add(J job) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>(accepted(job));
        columns.put("id", job.id());
        columns.put("status", job.status().wireName());
        columns.put("attempt", job.attempt());
        columns.put("transitions", json.writeValueAsString(job.transitions()));
        columns.put("created_at", utc(job.createdAt()));
        jdbc.sql("insert into " + name + " (" + list(columns, "%s") + ") values (" + list(columns, ":%s") + ")")
                .params(columns)
                .update();
    }

    @Override
    public Optional<J> find(String id) {
        return one(id, "");
    }

    @Override
    public Optional<J> lock(String id) {
        return one(id, " for update");
    }

    private Optional<J> one(String id, String how) {
        return jdbc.sql("select * from " + name + " where id = :id" + how)
                .param("id", id)
                .query((row, number) -> job(row))
                .optional();
    }

    @Override
    public List<J> list(@Nullable String after, int limit) {
        return jdbc.sql("select * from " + name
                        + " where :first or id < :after order by id desc fetch first :limit rows only")
                .param("first", after == null)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query((row, number) -> job(row))
                .list();
    }

    @Override
    public boolean replace(J before, J after) {
        JobError error = error(after);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>(changed(after));
        columns.put("status", after.status().wireName());
        columns.put("attempt", after.attempt());
        columns.put("transitions", json.writeValueAsString(after.transitions()));
        columns.put("started_at", utc(after.startedAt()));
        columns.put("finished_at", utc(after.finishedAt()));
        columns.put("error_code", error == null ? null : error.code());
        columns.put("error_detail", error == null ? null : error.detail());
        return jdbc.sql("update " + name + " set deaths = deaths + :died, " + list(columns, "%1$s = :%1$s")
                                + " where id = :id and attempt = :attemptBefore and status = :statusBefore")
                        .params(columns)
                        .param("died", after.life().deaths() - before.life().deaths())
                        .param("id", before.id())
                        .param("attemptBefore", before.attempt())
                        .param("statusBefore", before.status().wireName())
                        .update()
                == 1;
    }

    @Override
    public boolean claim(J queued, J running) {
        return replace(queued, running);
    }

    @Override
    public long count(JobStatus status) {
        return count("status = :value", status.wireName());
    }

    @Override
    public long queuedBefore(String id, int other) {
        if (other > priority) {
            return 0;
        }
        return other < priority ? count(JobStatus.QUEUED) : count("status = 'queued' and id < :value", id);
    }

    @Override
    public boolean needsDataset(String datasetId) {
        return count("(" + needs() + ") and " + UNFINISHED, datasetId) > 0;
    }

    private long count(String condition, String value) {
        return jdbc.sql("select count(*) from " + name + " where " + condition)
                .param("value", value)
                .query(Long.class)
                .single();
    }

    private static String list(Map<String, ?> columns, String form) {
        return columns.keySet().stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    /** What a row says of a job's life. */
    protected final JobLife life(ResultSet row) throws SQLException {
        return life(row, json.readValue(row.getString("transitions"), TRANSITIONS));
    }

    /** The same of a row without transitions. */
    static JobLife life(ResultSet row, List<JobTransition> transitions) throws SQLException {
        return new JobLife(
                row.getString("id"),
                JobStatus.of(row.getString("status")),
                row.getInt("attempt"),
                row.getInt("deaths"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                transitions);
    }

    /** Why a job failed, null unless it did. */
    protected static @Nullable JobError error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new JobError(code, row.getString("error_detail"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
