package io.twostep.scoring.store;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.store.JobTable;
import io.twostep.scoring.ScoringJob;
import io.twostep.scoring.ScoringJobs;
import io.twostep.scoring.ScoringProgress;
import io.twostep.scoring.ScoringSubmission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
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

/** The jobs in one table; in another the names that unfinished ones will give to their results. */
@Repository
class JdbcScoringJobs extends JobTable<ScoringJob> implements ScoringJobs {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final TransactionOperations transactions;

    JdbcScoringJobs(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        super("scoring_job", 0, jdbc, json);
        this.transactions = transactions;
    }

    @Override
    public void add(ScoringJob job) {
        transactions.executeWithoutResult(transaction -> {
            super.add(job);
            String result = job.submission().result();
            if (result != null) {
                reserve(result, job.id());
            }
        });
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
    public boolean replace(ScoringJob before, ScoringJob after) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean replaced = super.replace(before, after);
            if (replaced && after.status().isFinished()) {
                jdbc.sql("delete from reserved_name where job_id = :id")
                        .param("id", after.id())
                        .update();
            }
            return replaced;
        }));
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

    @Override
    protected ScoringJob job(ResultSet row) throws SQLException {
        return new ScoringJob(
                life(row),
                json.readValue(row.getString("submission"), ScoringSubmission.class),
                new ScoringProgress(row.getLong("rows_done"), json.readValue(row.getString("warnings"), COUNTS)),
                row.getString("result_id"),
                error(row));
    }

    @Override
    protected Map<String, ?> accepted(ScoringJob job) {
        return Map.of(
                "dataset_id",
                job.submission().datasetId(),
                "submission",
                json.writeValueAsString(job.submission()),
                "rows_done",
                job.progress().rowsDone(),
                "warnings",
                json.writeValueAsString(job.progress().warnings()));
    }

    @Override
    protected Map<String, ? extends @Nullable Object> changed(ScoringJob job) {
        return Collections.singletonMap("result_id", job.resultId());
    }

    @Override
    protected @Nullable JobError error(ScoringJob job) {
        return job.error();
    }

    @Override
    protected String needs() {
        return "dataset_id = :value";
    }
}
