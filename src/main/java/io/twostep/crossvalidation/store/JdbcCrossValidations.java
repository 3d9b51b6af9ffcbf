package io.twostep.crossvalidation.store;

import io.twostep.crossvalidation.CrossValidation;
import io.twostep.crossvalidation.CrossValidationSubmission;
import io.twostep.crossvalidation.CrossValidations;
import io.twostep.job.JobError;
import io.twostep.job.JobLife;
import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
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

/** The cross-validations in one table, the jobs of their folds in another. Who writes a fold holds the row of its whole. */
@Repository
class JdbcCrossValidations implements CrossValidations {

    private static final String UNFINISHED = "status in ('queued', 'running', 'cancelling')";
    private static final TypeReference<List<JobTransition>> TRANSITIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final JsonMapper json;

    JdbcCrossValidations(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public void add(CrossValidation validation) {
        jdbc.sql("""
                insert into cross_validation (id, submission, status, attempt, transitions, created_at)
                values (:id, :submission, :status, :attempt, :transitions, :createdAt)""")
                .param("id", validation.id())
                .param("submission", json.writeValueAsString(validation.submission()))
                .param("status", validation.status().wireName())
                .param("attempt", validation.attempt())
                .param("transitions", json.writeValueAsString(validation.transitions()))
                .param("createdAt", utc(validation.createdAt()))
                .update();
    }

    @Override
    public Optional<CrossValidation> find(String id) {
        return jdbc.sql("select * from cross_validation where id = :id")
                .param("id", id)
                .query(this::validation)
                .optional();
    }

    @Override
    public Optional<CrossValidation> lock(String id) {
        return jdbc.sql("select * from cross_validation where id = :id for update")
                .param("id", id)
                .query(this::validation)
                .optional();
    }

    @Override
    public List<CrossValidation> list(@Nullable String after, int limit) {
        return jdbc.sql("""
                select * from cross_validation where :first or id < :after
                order by id desc fetch first :limit rows only""")
                .param("first", after == null)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(this::validation)
                .list();
    }

    @Override
    public boolean replace(CrossValidation before, CrossValidation after) {
        JobError error = after.error();
        return jdbc.sql("""
                        update cross_validation set status = :status, attempt = :attempt, transitions = :transitions,
                            started_at = :startedAt, finished_at = :finishedAt,
                            error_code = :errorCode, error_detail = :errorDetail
                        where id = :id and attempt = :attemptBefore and status = :statusBefore""")
                        .param("status", after.status().wireName())
                        .param("attempt", after.attempt())
                        .param("transitions", json.writeValueAsString(after.transitions()))
                        .param("startedAt", utc(after.startedAt()))
                        .param("finishedAt", utc(after.finishedAt()))
                        .param("errorCode", error == null ? null : error.code())
                        .param("errorDetail", error == null ? null : error.detail())
                        .param("id", before.id())
                        .param("attemptBefore", before.attempt())
                        .param("statusBefore", before.status().wireName())
                        .update()
                == 1;
    }

    @Override
    public boolean claim(CrossValidation queued, CrossValidation running) {
        return replace(queued, running);
    }

    @Override
    public boolean add(String id, int fold, String jobId) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean isNext = lock(id).filter(found -> found.status() == JobStatus.RUNNING)
                            .isPresent()
                    && jobs(id).size() == fold - 1;
            return isNext && insert(id, fold, jobId);
        }));
    }

    private boolean insert(String id, int fold, String jobId) {
        return jdbc.sql("""
                        insert into cross_validation_fold (cross_validation_id, fold, job_id)
                        values (:id, :fold, :job)""")
                        .param("id", id)
                        .param("fold", fold)
                        .param("job", jobId)
                        .update()
                == 1;
    }

    @Override
    public List<String> jobs(String id) {
        return jdbc.sql("select job_id from cross_validation_fold where cross_validation_id = :id order by fold")
                .param("id", id)
                .query(String.class)
                .list();
    }

    @Override
    public long count(JobStatus status) {
        return jdbc.sql("select count(*) from cross_validation where status = :status")
                .param("status", status.wireName())
                .query(Long.class)
                .single();
    }

    @Override
    public long queuedBefore(String id, int priority) {
        return jdbc.sql("""
                        select count(*) from cross_validation
                        where status = 'queued' and (:priority < :own or :priority = :own and id < :id)""")
                .param("id", id)
                .param("priority", priority)
                .param("own", CrossValidation.PRIORITY)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean needsDataset(String datasetId) {
        // The id of its dataset stands in the submission; few cross-validations are unfinished.
        return jdbc.sql("select count(*) from cross_validation where submission like :named and " + UNFINISHED)
                        .param("named", "%\"" + datasetId + "\"%")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private CrossValidation validation(ResultSet row, int number) throws SQLException {
        String errorCode = row.getString("error_code");
        return new CrossValidation(
                new JobLife(
                        row.getString("id"),
                        JobStatus.of(row.getString("status")),
                        row.getInt("attempt"),
                        row.getInt("deaths"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "started_at"),
                        instant(row, "finished_at"),
                        json.readValue(row.getString("transitions"), TRANSITIONS)),
                json.readValue(row.getString("submission"), CrossValidationSubmission.class),
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
