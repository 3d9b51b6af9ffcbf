package io.twostep.scoring.store;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.job.JobError;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
import io.twostep.scoring.ScoringJob;
import io.twostep.scoring.ScoringJobs;
import io.twostep.scoring.ScoringProgress;
import io.twostep.scoring.ScoringSubmission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The jobs in one table. */
@Repository
class JdbcScoringJobs implements ScoringJobs {

    private static final String UNFINISHED = "status in ('queued', 'running', 'pausing', 'paused', 'cancelling')";
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<List<JobTransition>> TRANSITIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final JsonMapper json;

    JdbcScoringJobs(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public void add(ScoringJob job) {
        transactions.executeWithoutResult(transaction -> {
            insert(job);
            String result = job.submission().result();
            if (result != null) {
                reserve(result, job.id());
            }
        });
    }

    private void insert(ScoringJob job) {
        ScoringSubmission submission = job.submission();
        jdbc.sql("""
                insert into scoring_job (id, dataset_id, submission, status, attempt, rows_done,
                    warnings, transitions, created_at)
                values (:id, :datasetId, :submission, :status, :attempt, :rowsDone,
                    :warnings, :transitions, :createdAt)""")
                .param("id", job.id())
                .param("datasetId", submission.datasetId())
                .param("submission", json.writeValueAsString(submission))
                .param("status", job.status().wireName())
                .param("attempt", job.attempt())
                .param("rowsDone", job.progress().rowsDone())
                .param("warnings", json.writeValueAsString(job.progress().warnings()))
                .param("transitions", json.writeValueAsString(job.transitions()))
                .param("createdAt", utc(job.createdAt()))
                .update();
    }

    private void reserve(String name, String jobId) {
        try {
            jdbc.sql("insert into reserved_name (name, job_id) values (:name, :jobId)")
                    .param("name", name)
                    .param("jobId", jobId)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ServiceException(
                    ErrorCode.NAME_TAKEN, "A queued or running job will make a dataset " + Excerpt.quoted(name) + ".");
        }
    }

    @Override
    public Optional<ScoringJob> find(String id) {
        return jdbc.sql("select * from scoring_job where id = :id")
                .param("id", id)
                .query(this::job)
                .optional();
    }

    @Override
    public Optional<ScoringJob> lock(String id) {
        return jdbc.sql("select * from scoring_job where id = :id for update")
                .param("id", id)
                .query(this::job)
                .optional();
    }

    @Override
    public List<ScoringJob> list(@Nullable String after, int limit) {
        return jdbc.sql("""
                select * from scoring_job where :first or id < :after
                order by id desc fetch first :limit rows only""")
                .param("first", after == null)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(this::job)
                .list();
    }

    @Override
    public boolean replace(ScoringJob before, ScoringJob after) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean replaced = update(before, after);
            if (replaced && after.status().isFinished()) {
                jdbc.sql("delete from reserved_name where job_id = :id")
                        .param("id", after.id())
                        .update();
            }
            return replaced;
        }));
    }

    private boolean update(ScoringJob before, ScoringJob after) {
        JobError error = after.error();
        return jdbc.sql("""
                        update scoring_job set status = :status, attempt = :attempt, deaths = deaths + :died,
                            transitions = :transitions,
                            started_at = :startedAt, finished_at = :finishedAt, result_id = :resultId,
                            error_code = :errorCode, error_detail = :errorDetail
                        where id = :id and attempt = :attemptBefore and status = :statusBefore""")
                        .param("status", after.status().wireName())
                        .param("attempt", after.attempt())
                        .param("transitions", json.writeValueAsString(after.transitions()))
                        .param("died", after.life().deaths() - before.life().deaths())
                        .param("startedAt", utc(after.startedAt()))
                        .param("finishedAt", utc(after.finishedAt()))
                        .param("resultId", after.resultId())
                        .param("errorCode", error == null ? null : error.code())
                        .param("errorDetail", error == null ? null : error.detail())
                        .param("id", before.id())
                        .param("attemptBefore", before.attempt())
                        .param("statusBefore", before.status().wireName())
                        .update()
                == 1;
    }

    @Override
    public boolean claim(ScoringJob queued, ScoringJob running) {
        return Boolean.TRUE.equals(transactions.execute(
                transaction -> replace(queued, running) && write(running.id(), running.attempt(), running.progress())));
    }

    @Override
    public Optional<JobStatus> report(String id, int attempt, ScoringProgress progress) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            if (!write(id, attempt, progress)) {
                return Optional.empty();
            }
            return Optional.of(jdbc.sql("select status from scoring_job where id = :id")
                    .param("id", id)
                    .query((row, number) -> JobStatus.of(row.getString("status")))
                    .single());
        }));
    }

    @Override
    public long count(JobStatus status) {
        return jdbc.sql("select count(*) from scoring_job where status = :status")
                .param("status", status.wireName())
                .query(Long.class)
                .single();
    }

    @Override
    public long queuedBefore(String id, int priority) {
        return jdbc.sql("""
                        select count(*) from scoring_job
                        where status = 'queued' and (:priority < 0 or :priority = 0 and id < :id)""")
                .param("id", id)
                .param("priority", priority)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean needsDataset(String datasetId) {
        return jdbc.sql("select count(*) from scoring_job where dataset_id = :id and " + UNFINISHED)
                        .param("id", datasetId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private boolean write(String id, int attempt, ScoringProgress progress) {
        return jdbc.sql("""
                        update scoring_job set rows_done = :rowsDone, warnings = :warnings
                        where id = :id and attempt = :attempt and status in ('running', 'pausing', 'cancelling')""")
                        .param("rowsDone", progress.rowsDone())
                        .param("warnings", json.writeValueAsString(progress.warnings()))
                        .param("id", id)
                        .param("attempt", attempt)
                        .update()
                == 1;
    }

    private ScoringJob job(ResultSet row, int number) throws SQLException {
        String errorCode = row.getString("error_code");
        return new ScoringJob(
                new JobLife(
                        row.getString("id"),
                        JobStatus.of(row.getString("status")),
                        row.getInt("attempt"),
                        row.getInt("deaths"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "started_at"),
                        instant(row, "finished_at"),
                        json.readValue(row.getString("transitions"), TRANSITIONS)),
                json.readValue(row.getString("submission"), ScoringSubmission.class),
                new ScoringProgress(row.getLong("rows_done"), json.readValue(row.getString("warnings"), COUNTS)),
                row.getString("result_id"),
                errorCode == null ? null : new JobError(errorCode, row.getString("error_detail")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
