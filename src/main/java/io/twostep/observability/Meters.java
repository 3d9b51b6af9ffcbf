package io.twostep.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Counts what happens. The features call these methods; the names, units and labels stand in {@link MeterName} alone.
 *
 * <p>The values of labels are bounded: statuses and reasons come from enumerations, and only the first
 * {@value #MOST_MODELS} versions of models are told apart.
 */
@Component
public class Meters {

    static final int MOST_MODELS = 200;

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Answered> answered = new ConcurrentHashMap<>();

    /** What is counted at each request that a version of a model answers; kept, since looking them up takes time. */
    private record Answered(Counter requests, Counter rows, Timer duration, DistributionSummary batchRows) {}

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Lets the number of jobs in a status be asked for. */
    public void watchJobs(JobsMeter kind, String status, Supplier<Number> count) {
        watch(kind.jobs(), count, Tags.of("status", status));
    }

    /** A job left the queue. */
    public void jobStarted(JobsMeter kind, Duration waited) {
        timer(kind.queueWait(), Tags.empty()).record(waited);
    }

    /**
     * A job ended.
     *
     * @param outcome its last status
     * @param stopReason what ended it, one of few words
     */
    public void jobFinished(JobsMeter kind, String outcome, String stopReason, Duration ran) {
        counter(kind.finished(), Tags.of("outcome", outcome, "stop_reason", stopReason))
                .increment();
        timer(kind.duration(), Tags.empty()).record(ran);
    }

    /** An epoch is done. */
    public void epochFinished(int rows) {
        counter(MeterName.TRAINING_EPOCHS, Tags.empty()).increment();
        counter(MeterName.TRAINING_SAMPLES, Tags.empty()).increment(rows);
    }

    /** A state was handed to the file system, which kept a training waiting. */
    public void checkpointDrafted(long bytes, Duration waited) {
        timer(MeterName.TRAINING_CHECKPOINT_BLOCKED, Tags.empty()).record(waited);
        summary(MeterName.TRAINING_CHECKPOINT_BYTES).record((double) bytes);
    }

    /** A checkpoint is safe. */
    public void checkpointKept(Duration took) {
        timer(MeterName.TRAINING_CHECKPOINT_DURATION, Tags.empty()).record(took);
    }

    /** A training went on from a checkpoint. */
    public void trainingResumed() {
        counter(MeterName.TRAINING_RESUMES, Tags.empty()).increment();
    }

    /** A request for predictions was answered. */
    public void predicted(String model, int version, int rows, Duration took) {
        Answered meters = answered(model, version);
        meters.requests.increment();
        meters.rows.increment(rows);
        meters.duration.record(took);
        meters.batchRows.record(rows);
    }

    /** A request for predictions was refused. */
    public void predictionRefused(String model, int version) {
        Tags which = labels(model, version);
        counter(MeterName.PREDICTIONS, which.and("protocol", "rest", "outcome", "refused"))
                .increment();
    }

    /**
     * A request was answered although some of its values are strange to the model.
     *
     * @param kind what is strange about them
     */
    public void predictionWarnings(String model, int version, String kind, int count) {
        String which = isToldApart(key(model, version)) ? model : OTHER;
        counter(MeterName.PREDICTION_WARNINGS, Tags.of("kind", kind, "model", which))
                .increment(count);
    }

    /** Rows of a dataset were scored, for a job. */
    public void rowsScored(String model, int version, int rows) {
        counter(MeterName.SCORING_ROWS, labels(model, version)).increment(rows);
    }

    /** Lets the number of models in memory be asked for. */
    public void watchLoadedModels(Supplier<Number> count) {
        watch(MeterName.MODELS_LOADED, count, Tags.empty());
    }

    /** Lets a budget of memory be asked for, and how much of it is reserved. */
    public void watchMemory(String memory, Supplier<Number> reserved, Supplier<Number> budget) {
        watch(MeterName.MEMORY_RESERVED, reserved, Tags.of("memory", memory));
        watch(MeterName.MEMORY_BUDGET, budget, Tags.of("memory", memory));
    }

    /** Lets the size of all datasets be asked for. */
    public void watchDatasetBytes(Supplier<Number> bytes) {
        watch(MeterName.DATASETS_BYTES, bytes, Tags.empty());
    }

    /** An upload was refused. */
    public void uploadRejected(String reason) {
        counter(MeterName.UPLOADS_REJECTED, Tags.of("reason", reason)).increment();
    }

    private Answered answered(String model, int version) {
        String key = key(model, version);
        Answered known = answered.get(key);
        return known == null
                ? answered.computeIfAbsent(isToldApart(key) ? key : OTHER, absent -> answered(labels(model, version)))
                : known;
    }

    private Answered answered(Tags which) {
        return new Answered(
                counter(MeterName.PREDICTIONS, which.and("protocol", "rest", "outcome", "success")),
                counter(MeterName.PREDICTION_ROWS, which),
                timer(MeterName.PREDICTION_DURATION, which),
                summary(MeterName.PREDICTION_BATCH_ROWS));
    }

    private static String key(String model, int version) {
        return model + "/" + version;
    }

    private Tags labels(String model, int version) {
        return isToldApart(key(model, version))
                ? Tags.of("model", model, "version", String.valueOf(version))
                : Tags.of("model", OTHER, "version", OTHER);
    }

    private boolean isToldApart(String version) {
        return models.contains(version) || (models.size() < MOST_MODELS && models.add(version));
    }

    private void watch(MeterName meter, Supplier<Number> value, Tags tags) {
        Gauge.builder(meter.id(), value)
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private Counter counter(MeterName meter, Tags tags) {
        return Counter.builder(meter.id())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private Timer timer(MeterName meter, Tags tags) {
        return Timer.builder(meter.id())
                .description(meter.description())
                .serviceLevelObjectives(meter.durations())
                .tags(tags)
                .register(registry);
    }

    private DistributionSummary summary(MeterName meter) {
        return DistributionSummary.builder(meter.id())
                .description(meter.description())
                .serviceLevelObjectives(1, 10, 100, 1_000, 10_000, 100_000)
                .register(registry);
    }
}
