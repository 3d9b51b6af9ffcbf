package io.twostep.job;

import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.model.Evaluations;
import io.twostep.model.ModelSchema;
import io.twostep.model.NewModel;
import io.twostep.model.Provenance;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.observability.Meters;
import io.twostep.training.Evaluation;
import io.twostep.training.Evaluator;
import io.twostep.training.OtherRows;
import io.twostep.training.PerceptronBaseline;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.Trainer;
import io.twostep.training.TrainingResult;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** From a table to a model: read, prepare, train, judge, also beside a network without hidden layers. */
final class ModelTraining implements TrainingWork {

    private static final JobError NOT_FINITE = new JobError(
            "training-diverged",
            "The network's answers to some rows are not finite numbers. Smaller steps usually help.");

    private final Datasets datasets;
    private final ExampleRooms rooms;
    private final TrainingRoom memory;
    private final RunFingerprint fingerprints;
    private final String build;
    private final Meters meters;
    private final StartParameters starts;

    /** @param build version of the service, for the model's provenance */
    ModelTraining(
            Datasets datasets,
            ExampleRooms rooms,
            TrainingRoom memory,
            StartParameters starts,
            RunFingerprint fingerprints,
            String build,
            Meters meters) {
        this.datasets = datasets;
        this.rooms = rooms;
        this.memory = memory;
        this.fingerprints = fingerprints;
        this.build = build;
        this.meters = meters;
        this.starts = starts;
    }

    @Override
    public Outcome run(TrainingJob job, ProgressListener listener) {
        JobSubmission submission = job.submission();
        try (TrainingRoom.Reserved reserved = memory.reserve(submission, listener);
                ExampleRoom room = rooms.open(reserved.forExamples())) {
            Preparation prepared = prepare(submission, room, listener);
            reserved.prepared(submission.recipe(), prepared);
            return train(job, prepared, listener);
        } catch (CancellationException e) {
            return new Outcome.Stopped();
        }
    }

    private Preparation prepare(JobSubmission submission, ExampleRoom room, ProgressListener listener) {
        return memory.reserveTables(submission, listener).during(() -> read(submission, room, listener));
    }

    private Preparation read(JobSubmission submission, ExampleRoom room, ProgressListener listener) {
        SplitShares split = submission.recipe().split();
        try (OpenTable table = datasets.open(datasets.find(submission.datasetId()));
                OpenTable validation = open(split.validationDataset());
                OpenTable test = open(split.testDataset())) {
            listener.phase(JobPhase.PREPROCESSING);
            return Preparation.of(table, new OtherRows(validation, test), submission.recipe(), room, listener);
        }
    }

    private @Nullable OpenTable open(@Nullable String datasetId) {
        return datasetId == null ? null : datasets.open(datasets.find(datasetId));
    }

    private Provenance.@Nullable Source source(@Nullable String datasetId) {
        return datasetId == null
                ? null
                : new Provenance.Source(datasetId, datasets.find(datasetId).sha256());
    }

    private Outcome train(TrainingJob job, Preparation prepared, ProgressListener listener) {
        Recipe recipe = job.submission().recipe();
        listener.phase(JobPhase.TRAINING);
        Trainer trainer = new Trainer(
                prepared.network(),
                Arithmetic.named(recipe.arithmetic()),
                recipe.training(),
                prepared.training(),
                prepared.validation(),
                new CountingListener(listener, meters, prepared.training().rows()),
                System::nanoTime,
                Cores.ofThisMachine(),
                prepared.target());
        TrainingResult result = listener.begin(
                        fingerprints.of(job.submission()),
                        in -> RunStateFormat.read(prepared.network(), recipe.training(), in))
                .map(trainer::train)
                .orElseGet(() -> trainer.train(starts.of(job.submission(), prepared)));
        return switch (result.stop().reason()) {
            case CANCELLED -> new Outcome.Stopped();
            case DIVERGED -> new Outcome.Failed(result.stop(), diverged(result));
            default -> {
                listener.phase(JobPhase.EVALUATING);
                NewModel model = model(job, prepared, result, evaluations(job, prepared, result, listener));
                listener.phase(JobPhase.SAVING);
                yield model.evaluation().allFinite()
                        ? new Outcome.Trained(model, result.stop())
                        : new Outcome.Failed(result.stop(), NOT_FINITE);
            }
        };
    }

    private NewModel model(TrainingJob job, Preparation prepared, TrainingResult result, Evaluations evaluations) {
        JobSubmission submission = job.submission();
        Recipe recipe = submission.recipe();
        return new NewModel(
                submission.modelName(),
                job.id(),
                prepared.network(),
                new ModelSchema(
                        prepared.features(),
                        prepared.target(),
                        datasets.find(submission.datasetId()).notation()),
                evaluations,
                new Provenance(
                        submission.datasetId(),
                        submission.datasetSha256(),
                        recipe,
                        Arithmetic.named(recipe.arithmetic()).description(),
                        build,
                        result.stop(),
                        result.epochs(),
                        result.bestEpoch(),
                        new Provenance.Rows(
                                prepared.training().rows(),
                                prepared.validation().rows(),
                                prepared.test().rows(),
                                prepared.leftOut()),
                        source(recipe.split().validationDataset()),
                        source(recipe.split().testDataset()),
                        submission.warmStart()),
                result.parameters());
    }

    /** A part of something has nothing beside it: there are many, and what comes of them is trained once more by itself. */
    private static Evaluations evaluations(
            TrainingJob job, Preparation prepared, TrainingResult result, ProgressListener listener) {
        Recipe recipe = job.submission().recipe();
        Arithmetic arithmetic = Arithmetic.named(recipe.arithmetic());
        Evaluations own = evaluations(prepared, prepared.network(), arithmetic, result.parameters());
        if (job.submission().parent() != null) {
            return own;
        }
        return PerceptronBaseline.of(
                        prepared.network(),
                        prepared.training(),
                        prepared.validation(),
                        (long) prepared.training().rows()
                                + prepared.validation().rows()
                                + prepared.test().rows(),
                        recipe.training().seed(),
                        result.epochs())
                .flatMap(baseline -> baseline.train(
                                arithmetic, System::nanoTime, Cores.ofThisMachine(), listener::cancelled)
                        .map(parameters -> evaluations(prepared, baseline.network(), arithmetic, parameters)))
                .filter(Evaluations::allFinite)
                .map(own::beside)
                .orElse(own);
    }

    private static Evaluations evaluations(
            Preparation prepared, Network network, Arithmetic arithmetic, Parameters parameters) {
        Evaluator evaluator = new Evaluator(network, arithmetic, parameters, prepared.target(), Cores.ofThisMachine());
        Evaluation training = evaluator.evaluate(prepared.training(), null);
        return new Evaluations(
                training,
                evaluator.evaluate(prepared.validation(), training),
                evaluator.evaluate(prepared.test(), training));
    }

    private static JobError diverged(TrainingResult result) {
        return new JobError(
                "training-diverged",
                "In epoch " + (result.epochs() + 1)
                        + " the loss or a parameter was no longer a finite number. A smaller learning_rate usually helps.");
    }
}
