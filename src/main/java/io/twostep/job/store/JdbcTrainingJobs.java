package io.twostep.job.store;

import io.twostep.job.HistorySize;
import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobPart;
import io.twostep.job.JobProgress;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.training.EpochReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The jobs in one table, their transitions and their loss histories in two more. */
@Repository
class JdbcTrainingJobs implements TrainingJobs {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final TransitionTable transitions;
    private final LossTable losses;
    private final CheckpointTable checkpoints;
    private final TrainingJobRows rows;
    private final JsonMapper json;

    JdbcTrainingJobs(JdbcOperations template, TransactionOperations transactions, JsonMapper json) {
        this.jdbc = JdbcClient.create(template);
        this.transactions = transactions;
        this.transitions = new TransitionTable(jdbc);
        this.json = json;
        this.rows = new TrainingJobRows(json);
        this.losses = new LossTable(jdbc, template);
        this.checkpoints = new CheckpointTable(jdbc);
    }

    @Override
    public void add(TrainingJob job) {
        JobSubmission submission = job.submission();
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("""
                    insert into training_job (id, dataset_id, dataset_sha256, network_id, model_name, recipe,
                        priority, deadline, warm_start, reproduces, parent_id, status, attempt, epoch, created_at)
                    values (:id, :datasetId, :datasetSha256, :networkId, :modelName, :recipe,
                        :priority, :deadline, :warmStart, :reproduces, :parent, :status, :attempt, :epoch, :createdAt)""")
                    .param("id", job.id())
                    .param("datasetId", submission.datasetId())
                    .param("datasetSha256", submission.datasetSha256())
                    .param("networkId", submission.networkId())
                    .param("modelName", submission.modelName())
                    .param("recipe", json.writeValueAsString(submission.recipe()))
                    .param("priority", submission.priority())
                    .param("deadline", JobTable.utc(submission.deadline()))
                    .param(
                            "warmStart",
                            submission.warmStart() == null ? null : json.writeValueAsString(submission.warmStart()))
                    .param("reproduces", submission.reproduces())
                    .param("parent", submission.parent())
                    .param("status", job.status().wireName())
                    .param("attempt", job.attempt())
                    .param("epoch", job.progress().epoch())
                    .param("createdAt", JobTable.utc(job.createdAt()))
                    .update();
            transitions.append(job.id(), 0, job.transitions());
        });
    }

    @Override
    public Optional<TrainingJob> find(String id) {
        return jdbc
                .sql(TrainingJobRows.selectFrom("select * from training_job where id = :id"))
                .param("id", id)
                .query(rows)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<TrainingJob> lock(String id) {
        return jdbc.sql("select id from training_job where id = :id for update")
                .param("id", id)
                .query(String.class)
                .optional()
                .flatMap(this::find);
    }

    @Override
    public List<TrainingJob> list(@Nullable String after, int limit) {
        return jdbc.sql(TrainingJobRows.selectFrom("""
                select * from training_job where :first or id < :after
                order by id desc fetch first :limit rows only"""))
                .param("first", after == null)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(rows);
    }

    @Override
    public boolean replace(TrainingJob before, TrainingJob after) {
        return inTransaction(() -> update(before, after));
    }

    @Override
    public boolean claim(TrainingJob queued, TrainingJob running) {
        return inTransaction(
                () -> update(queued, running) && write(running.id(), running.attempt(), running.progress()));
    }

    @Override
    public boolean rewind(String id, int attempt, JobProgress progress, long steps) {
        return inTransaction(() -> {
            if (!write(id, attempt, progress)) {
                return false;
            }
            losses.deleteAfter(id, progress.epoch());
            checkpoints.deleteAfter(id, steps);
            return true;
        });
    }

    @Override
    public Optional<JobStatus> report(String id, int attempt, JobProgress progress, List<EpochReport> reports) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            if (!write(id, attempt, progress)) {
                return Optional.empty();
            }
            if (!reports.isEmpty()) {
                losses.deleteAfter(id, reports.get(0).epoch() - 1); // their commit may have gone through unheard
                losses.append(id, reports);
            }
            return Optional.of(jdbc.sql("select status from training_job where id = :id")
                    .param("id", id)
                    .query((row, number) -> JobStatus.of(row.getString("status")))
                    .single());
        }));
    }

    @Override
    public boolean progressed(String id, int attempt) {
        return jdbc.sql("""
                        update training_job set deaths = 0
                        where id = :id and attempt = :attempt and status in ('running', 'pausing', 'cancelling')""").param("id", id).param("attempt", attempt).update() == 1;
    }

    @Override
    public List<EpochReport> history(String id, int afterEpoch, int limit) {
        return losses.after(id, afterEpoch, limit);
    }

    @Override
    public HistorySize historySize(String id, int afterEpoch) {
        return losses.size(id, afterEpoch);
    }

    @Override
    public long count(JobStatus status) {
        return jdbc.sql("select count(*) from training_job where status = :status")
                .param("status", status.wireName())
                .query(Long.class)
                .single();
    }

    @Override
    public long queuedBefore(String id, int priority) {
        return jdbc.sql("""
                        select count(*) from training_job
                        where status = 'queued' and (priority > :priority or priority = :priority and id < :id)""")
                .param("id", id)
                .param("priority", priority)
                .query(Long.class)
                .single();
    }

    @Override
    public List<JobPart> parts(String parent) {
        return jdbc.sql("select * from training_job where parent_id = :parent order by id")
                .param("parent", parent)
                .query((row, number) -> rows.part(row))
                .list();
    }

    @Override
    public long unfinishedParts(String parent) {
        return jdbc.sql("select count(*) from training_job where parent_id = :parent and " + JobTable.UNFINISHED)
                .param("parent", parent)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean needsDataset(String datasetId) {
        // The datasets that a split names stand in the recipe, by their ids; few jobs are unfinished.
        return jdbc.sql("""
                        select count(*) from training_job
                        where (dataset_id = :id or recipe like :named) and\s""" + JobTable.UNFINISHED)
                        .param("id", datasetId)
                        .param("named", "%\"" + datasetId + "\"%")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private boolean update(TrainingJob before, TrainingJob after) {
        JobEnding ending = after.ending();
        JobError error = ending == null ? null : ending.error();
        int changed = jdbc.sql("""
                update training_job set status = :status, attempt = :attempt, deaths = deaths + :died,
                    started_at = :startedAt, finished_at = :finishedAt, stop_reason = :stopReason,
                    stop_detail = :stopDetail, error_code = :errorCode, error_detail = :errorDetail,
                    model_version = :modelVersion, identical = :identical, evaluation = :evaluation
                where id = :id and attempt = :attemptBefore and status = :statusBefore""")
                .param("status", after.status().wireName())
                .param("attempt", after.attempt())
                .param("died", after.life().deaths() - before.life().deaths())
                .param("startedAt", JobTable.utc(after.startedAt()))
                .param("finishedAt", JobTable.utc(after.finishedAt()))
                .param("stopReason", ending == null ? null : ending.stopReason())
                .param("stopDetail", ending == null ? null : json.writeValueAsString(ending.stopDetail()))
                .param("errorCode", error == null ? null : error.code())
                .param("errorDetail", error == null ? null : error.detail())
                .param("modelVersion", ending == null ? null : ending.modelVersion())
                .param("identical", ending == null ? null : ending.identical())
                .param(
                        "evaluation",
                        ending == null || ending.evaluation() == null
                                ? null
                                : json.writeValueAsString(ending.evaluation()))
                .param("id", before.id())
                .param("attemptBefore", before.attempt())
                .param("statusBefore", before.status().wireName())
                .update();
        if (changed == 0) {
            return false;
        }
        if (after.status().isFinished()) {
            checkpoints.delete(after.id(), 0);
        }
        int known = before.transitions().size();
        transitions.append(
                after.id(),
                known,
                after.transitions().subList(known, after.transitions().size()));
        return true;
    }

    private boolean write(String id, int attempt, JobProgress progress) {
        return jdbc.sql("""
                        update training_job set phase = :phase, epoch = :epoch, train_loss = :trainLoss,
                            validation_loss = :validationLoss, best_epoch = :bestEpoch,
                            resumed_from_epoch = :resumedFromEpoch
                        where id = :id and attempt = :attempt and status in ('running', 'pausing', 'cancelling')""")
                        .param(
                                "phase",
                                progress.phase() == null
                                        ? null
                                        : progress.phase().wireName())
                        .param("epoch", progress.epoch())
                        .param("trainLoss", progress.trainLoss())
                        .param("validationLoss", progress.validationLoss())
                        .param("bestEpoch", progress.bestEpoch())
                        .param("resumedFromEpoch", progress.resumedFromEpoch())
                        .param("id", id)
                        .param("attempt", attempt)
                        .update()
                == 1;
    }

    private boolean inTransaction(BooleanSupplier writes) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> writes.getAsBoolean()));
    }
}
