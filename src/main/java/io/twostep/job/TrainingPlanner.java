package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.features.TargetKind;
import io.twostep.model.ModelVersion;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.NetworkShape;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Task;
import io.twostep.training.Recipe;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Makes a job out of a request, or says everything about it that does not fit what is stored. Looks at what is known about
 * the dataset, not at its values, so that the answer comes at once.
 */
public final class TrainingPlanner {

    /** What every database can store. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Function<String, Optional<Dataset>> datasets;
    private final Function<String, Optional<NetworkDefinition>> networks;
    private final Function<WarmStartChoice, Optional<ModelVersion>> models;
    private final Consumer<NetworkShape> sizeLimit;
    private final DataSize examplesLimit;
    private final DataSize batchLimit;
    private final InstantSource clock;

    /**
     * @param datasets finds by id or name
     * @param networks finds by id or name
     * @param models finds those whose weights a training begins with
     * @param sizeLimit throws for a network that is too large
     * @param examplesLimit the most that encoded rows may take
     * @param batchLimit the most of the heap that the buffers of a batch may take
     * @param clock tells which deadlines have passed
     */
    TrainingPlanner(
            Function<String, Optional<Dataset>> datasets,
            Function<String, Optional<NetworkDefinition>> networks,
            Function<WarmStartChoice, Optional<ModelVersion>> models,
            Consumer<NetworkShape> sizeLimit,
            DataSize examplesLimit,
            DataSize batchLimit,
            InstantSource clock) {
        this.datasets = datasets;
        this.networks = networks;
        this.models = models;
        this.sizeLimit = sizeLimit;
        this.examplesLimit = examplesLimit;
        this.batchLimit = batchLimit;
        this.clock = clock;
    }

    /**
     * What to do, with all references resolved.
     *
     * @throws ServiceException with all problems: {@link ErrorCode#REFERENCE_NOT_FOUND},
     *     {@link ErrorCode#INCOMPATIBLE_DATASET} or {@link ErrorCode#INVALID_REQUEST}, whichever of these comes first,
     *     or with whatever the size limit has to say
     */
    public JobSubmission plan(TrainingRequest request) {
        Findings findings = new Findings();
        Dataset dataset = dataset(request, findings);
        ModelVersion start = WarmStartCheck.find(request.warmStart(), models, findings);
        NetworkDefinition stored = storedNetwork(request.network(), findings);
        NetworkSpec spec = stored == null ? described(request.network(), start) : stored.spec();
        List<String> features = List.of();
        OtherDatasets others = OtherDatasets.NONE;
        if (dataset != null) {
            Columns columns = new Columns(dataset);
            features = FeatureChoice.of(request, columns, findings);
            EncodingCheck.check(request, columns, features, findings);
            SplitCheck.check(request, columns, findings);
            WeightCheck.check(request, columns, findings);
            TargetCheck.check(request, columns, spec, findings);
            others = OtherDatasets.of(request, columns, features, datasets, findings);
        }
        checkDeadline(request.deadline(), findings);
        findings.throwIfAny();
        if (dataset == null || spec == null) {
            throw new IllegalStateException("What is missing has not been found wanting.");
        }
        Columns columns = new Columns(dataset);
        List<DatasetColumn> targets = columns.all(request.targetColumns().names());
        TargetKind kind = TargetTask.kind(request.task(), targets);
        if (start != null) {
            WarmStartCheck.check(start, request, spec, features, kind, findings);
            findings.throwIfAny();
        }
        Task task = TargetTask.of(request.task(), targets);
        InputEstimate estimate = InputEstimate.of(request.encoding(), columns, features, task);
        NetworkShape shape = shape(spec, estimate, task);
        checkWidth(spec, estimate, findings);
        checkExamples(request, shape, dataset.rows() + others.rows(), estimate, findings);
        Course course = Course.of(request, dataset.rows());
        new BatchCheck(batchLimit, dataset.rows(), findings).check(request, course, spec, shape);
        findings.check("", () -> course.spec(request.seed()));
        StopCheck.check(course.stop(), kind, course.split(), findings);
        findings.throwIfAny();
        sizeLimit.accept(shape);
        Recipe recipe = new Recipe(
                request.target(),
                request.targets(),
                kind,
                features,
                request.unseen(),
                request.encoding(),
                spec,
                others.named(course.split()),
                course.spec(request.seed()),
                request.classWeights(),
                request.sampleWeight(),
                request.arithmetic(),
                false);
        return new JobSubmission(
                dataset.id(),
                dataset.sha256(),
                stored == null ? null : stored.id(),
                request.model() == null ? dataset.name() : request.model(),
                recipe,
                request.priority(),
                request.deadline() == null ? null : request.deadline().truncatedTo(ChronoUnit.MILLIS),
                WarmStartCheck.of(start),
                null,
                null);
    }

    private void checkDeadline(@Nullable Instant deadline, Findings findings) {
        if (deadline != null && !(deadline.isAfter(clock.instant()) && deadline.isBefore(LATEST))) {
            findings.value("/deadline", "must be in the future and before the year 10000 but was " + deadline);
        }
    }

    private @Nullable Dataset dataset(TrainingRequest request, Findings findings) {
        Optional<Dataset> found = datasets.apply(request.dataset());
        if (found.isEmpty()) {
            findings.reference("/dataset", "there is no dataset " + Excerpt.quoted(request.dataset()));
        }
        return found.orElse(null);
    }

    /** Null where a stored one is named. */
    private static @Nullable NetworkSpec described(@Nullable NetworkChoice choice, @Nullable ModelVersion start) {
        if (choice != null) {
            return choice.spec();
        }
        return start == null
                ? TrainingRequest.usualNetwork()
                : start.provenance().recipe().network();
    }

    private @Nullable NetworkDefinition storedNetwork(@Nullable NetworkChoice choice, Findings findings) {
        String reference = choice == null ? null : choice.reference();
        if (reference == null) {
            return null;
        }
        Optional<NetworkDefinition> found = networks.apply(reference);
        if (found.isEmpty()) {
            findings.reference("/network", "there is no network " + Excerpt.quoted(reference));
        }
        return found.orElse(null);
    }

    /** Where a residual block takes the inputs, their number must be what it gives; as far as it is known. */
    private static void checkWidth(NetworkSpec spec, InputEstimate estimate, Findings findings) {
        findings.check(
                "/network",
                () -> InvalidValueException.throwIfAny(spec.inputProblem(estimate.fewestInputs(), estimate.inputs())));
    }

    /** The encoded rows must find room. */
    private void checkExamples(
            TrainingRequest request, NetworkShape shape, long rows, InputEstimate estimate, Findings findings) {
        long inputs = estimate.inputs();
        long outputs = outputs(shape);
        if (inputs + outputs <= examplesLimit.toBytes() / Float.BYTES / rows) {
            return;
        }
        String limit = " for each of %d rows, more than the %d MB that twostep.job.examples-on-disk allows"
                .formatted(rows, examplesLimit.toMegabytes());
        if (outputs > inputs) {
            findings.column(request.targetColumns().pointer(), "makes up to " + outputs + " outputs" + limit);
        } else {
            findings.column(
                    "/features",
                    "make up to " + inputs + " inputs" + limit + "; the most of them come from "
                            + Excerpt.quoted(estimate.widest()) + ": exclude it if it tells nothing");
        }
    }

    private static long outputs(NetworkShape shape) {
        Integer units = shape.layers().get(shape.layers().size() - 1).units();
        return units == null ? 1 : units;
    }

    private static NetworkShape shape(NetworkSpec spec, InputEstimate estimate, Task task) {
        return NetworkShape.of(
                spec,
                (int) Math.min(Integer.MAX_VALUE, estimate.inputs()),
                spec.output().resolve(task).units());
    }
}
