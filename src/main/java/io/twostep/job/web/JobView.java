package io.twostep.job.web;

import io.twostep.job.ColumnLeftOut;
import io.twostep.job.ColumnUse;
import io.twostep.job.JobColumns;
import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobPhase;
import io.twostep.job.JobProgress;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.JobTransition;
import io.twostep.job.TrainingJob;
import io.twostep.model.Evaluations;
import io.twostep.model.WarmStart;
import io.twostep.training.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training job on the wire.
 *
 * @param queuePosition 0 for the next in turn, null unless queued
 * @param progress share of the epochs that are done, 0 to 1; 1 once it has succeeded
 * @param resumedFromEpoch the epoch after which the present attempt, or the last one, went on; null if it began at the
 *     start
 * @param reproduces the version of the model that is made again, null unless one is
 * @param identical whether it came out the same, null unless one was made again
 * @param parent the id of what the job is a part of, null unless it is one
 * @param metrics of the model of a part, which is not published; null until it has succeeded, and for all other jobs
 * @param columns what became of the columns once there is a model, null in lists
 * @param columnsNotShown how many more there are
 * @param columnsLeftOut columns of the dataset that are neither target nor features, null until the job has finished and
 *     when the dataset has gone
 * @param columnsLeftOutNotShown how many more of these there are
 * @param etaSeconds how long it still takes if it needs all its epochs and goes on at its pace, null unless training
 */
record JobView(
        String id,
        JobStatus status,
        @Nullable JobPhase phase,
        @Nullable Long queuePosition,
        int priority,
        @Nullable Instant deadline,
        int attempt,
        int epoch,
        int maxEpochs,
        double progress,
        @Nullable Double etaSeconds,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Integer bestEpoch,
        @Nullable Integer resumedFromEpoch,
        @Nullable String stopReason,
        @Nullable Map<String, Double> stopDetail,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<JobTransition> transitions,
        String dataset,
        String datasetSha256,
        @Nullable String network,
        @Nullable WarmStart warmStart,
        long seed,
        Recipe recipe,
        String model,
        @Nullable Integer modelVersion,
        @Nullable Integer reproduces,
        @Nullable Boolean identical,
        @Nullable String parent,
        @Nullable Evaluations metrics,
        @Nullable List<ColumnUse> columns,
        @Nullable Integer columnsNotShown,
        @Nullable List<ColumnLeftOut> columnsLeftOut,
        @Nullable Integer columnsLeftOutNotShown,
        Map<String, String> links) {

    static final String ROOT = "/api/v1/training-jobs";

    /**
     * @param queuePosition null unless it is queued
     * @param columns null where nobody tells of them
     */
    static JobView of(TrainingJob job, @Nullable Long queuePosition, @Nullable JobColumns columns, Instant now) {
        JobSubmission submission = job.submission();
        JobProgress reached = job.progress();
        JobEnding ending = job.ending();
        int maxEpochs = submission.recipe().training().epochs();
        return new JobView(
                job.id(),
                job.status(),
                job.status() == JobStatus.RUNNING ? reached.phase() : null,
                queuePosition,
                job.priority(),
                job.deadline(),
                job.attempt(),
                reached.epoch(),
                maxEpochs,
                job.status() == JobStatus.SUCCEEDED ? 1 : (double) reached.epoch() / maxEpochs,
                eta(job, maxEpochs, now),
                reached.trainLoss(),
                reached.validationLoss(),
                reached.bestEpoch(),
                reached.resumedFromEpoch(),
                ending == null ? null : ending.stopReason(),
                ending == null ? null : ending.stopDetail(),
                ending == null ? null : ending.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.transitions(),
                submission.datasetId(),
                submission.datasetSha256(),
                submission.networkId(),
                submission.warmStart(),
                submission.recipe().training().seed(),
                submission.recipe(),
                submission.modelName(),
                ending == null ? null : ending.modelVersion(),
                submission.reproduces(),
                ending == null ? null : ending.identical(),
                submission.parent(),
                ending == null ? null : ending.evaluation(),
                columns == null ? null : columns.used(),
                columns == null ? null : columns.notShown(),
                columns == null ? null : columns.leftOut(),
                columns == null ? null : columns.leftOutNotShown(),
                links(job));
    }

    /** The path of a job. */
    static String self(TrainingJob job) {
        return ROOT + "/" + job.id();
    }

    private static @Nullable Double eta(TrainingJob job, int maxEpochs, Instant now) {
        JobProgress reached = job.progress();
        int before = reached.resumedFromEpoch() == null ? 0 : reached.resumedFromEpoch();
        if (job.status() != JobStatus.RUNNING || reached.epoch() == before || job.startedAt() == null) {
            return null;
        }
        double spent = Duration.between(job.startedAt(), now).toMillis() / 1000.0;
        return Math.max(0, spent / (reached.epoch() - before) * (maxEpochs - reached.epoch()));
    }

    private static Map<String, String> links(TrainingJob job) {
        String self = self(job);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        links.put("history", self + "/history");
        links.put("events", self + "/events");
        links.put("dataset", "/api/v1/datasets/" + job.submission().datasetId());
        if (!job.status().isFinished()) {
            links.put("cancel", self + "/cancel");
        }
        if (job.status() == JobStatus.QUEUED || job.status() == JobStatus.RUNNING) {
            links.put("pause", self + "/pause");
        } else if (job.status() == JobStatus.PAUSED) {
            links.put("resume", self + "/resume");
        }
        JobEnding ending = job.ending();
        if (ending != null && ending.modelVersion() != null) {
            links.put("model", "/api/v1/models/" + job.submission().modelName() + "/versions/" + ending.modelVersion());
        }
        return links;
    }
}
