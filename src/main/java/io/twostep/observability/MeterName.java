package io.twostep.observability;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every meter of the service, in one table; Prometheus sees the names with underscores and their usual endings. */
enum MeterName {
    TRAINING_JOBS("training.jobs", null, "Training jobs by status"),
    TRAINING_JOBS_FINISHED("training.jobs.finished", null, "Training jobs that ended, by last status and reason"),
    TRAINING_QUEUE_WAIT("training.queue.wait", Scale.JOB, "Time from a job's acceptance to its start"),
    TRAINING_JOB_DURATION("training.job.duration", Scale.JOB, "Time from a job's start to its end"),
    TRAINING_EPOCHS("training.epochs", null, "Epochs finished by all jobs"),
    TRAINING_SAMPLES("training.samples", null, "Rows learned from, once for each epoch"),
    TRAINING_RESUMES("training.resumes", null, "Trainings that went on from a checkpoint"),
    TRAINING_CHECKPOINT_BLOCKED(
            "training.checkpoint.blocked", Scale.REQUEST, "Time for which a checkpoint holds up its training"),
    TRAINING_CHECKPOINT_DURATION(
            "training.checkpoint.duration", Scale.REQUEST, "Time until a checkpoint is safe on the disk"),
    TRAINING_CHECKPOINT_BYTES("training.checkpoint.bytes", null, "Sizes of checkpoints"),
    SCORING_JOBS("scoring.jobs", null, "Scoring jobs by status"),
    SCORING_JOBS_FINISHED("scoring.jobs.finished", null, "Scoring jobs that ended, by last status and reason"),
    SCORING_QUEUE_WAIT("scoring.queue.wait", Scale.JOB, "Time from a scoring job's acceptance to its start"),
    SCORING_JOB_DURATION("scoring.job.duration", Scale.JOB, "Time from a scoring job's start to its end"),
    SCORING_ROWS("scoring.rows", null, "Rows of datasets scored, by model and version"),
    SEARCHES("searches", null, "Searches by status"),
    SEARCHES_FINISHED("searches.finished", null, "Searches that ended, by last status and reason"),
    SEARCH_QUEUE_WAIT("search.queue.wait", Scale.JOB, "Time from a search's acceptance to its start"),
    SEARCH_DURATION("search.duration", Scale.JOB, "Time from a search's start to its end"),
    CROSS_VALIDATIONS("cross.validations", null, "Cross-validations by status"),
    CROSS_VALIDATIONS_FINISHED(
            "cross.validations.finished", null, "Cross-validations that ended, by last status and reason"),
    CROSS_VALIDATION_QUEUE_WAIT(
            "cross.validation.queue.wait", Scale.JOB, "Time from a cross-validation's acceptance to its start"),
    CROSS_VALIDATION_DURATION(
            "cross.validation.duration", Scale.JOB, "Time from a cross-validation's start to its end"),
    PREDICTIONS("predictions", null, "Requests for predictions, by model, version, protocol and outcome"),
    PREDICTION_ROWS("prediction.rows", null, "Rows predicted, by model and version"),
    PREDICTION_DURATION("prediction.duration", Scale.REQUEST, "Time to read, encode, predict and decode"),
    PREDICTION_BATCH_ROWS("prediction.batch.rows", null, "Rows of one request"),
    PREDICTION_WARNINGS("prediction.warnings", null, "Values that training did not know, by kind and model"),
    MEMORY_RESERVED("memory.reserved.bytes", null, "Memory that jobs and requests have reserved, by kind of memory"),
    MEMORY_BUDGET("memory.budget.bytes", null, "Memory that jobs and requests may reserve, by kind of memory"),
    MODELS_LOADED("models.loaded", null, "Models in memory"),
    DATASETS_BYTES("datasets.bytes", null, "Bytes of all uploads that are kept"),
    UPLOADS_REJECTED("uploads.rejected", null, "Uploads that were refused, by reason");

    /** The bounds of a timer's buckets. */
    private enum Scale {
        REQUEST("0.0005 0.001 0.002 0.005 0.01 0.025 0.05 0.1 0.25 1 5"),
        JOB("0.1 1 5 15 60 300 1800 7200 43200");

        private final String seconds;

        Scale(String seconds) {
            this.seconds = seconds;
        }

        Duration[] durations() {
            return Stream.of(seconds.split(" ", -1))
                    .map(bound -> Duration.parse("PT" + bound + "S"))
                    .toArray(Duration[]::new);
        }
    }

    private static final String PREFIX = "twostep.";

    private final String name;
    private final @Nullable Scale scale;
    private final String description;

    MeterName(String name, @Nullable Scale scale, String description) {
        this.name = name;
        this.scale = scale;
        this.description = description;
    }

    String id() {
        return PREFIX + name;
    }

    String description() {
        return description;
    }

    /** The bounds of a timer's buckets. */
    Duration[] durations() {
        return scale == null ? new Duration[0] : scale.durations();
    }
}
