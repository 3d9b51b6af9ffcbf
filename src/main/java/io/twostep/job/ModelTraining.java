package io.twostep.job;

import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.model.Evaluations;
import io.twostep.model.ModelSchema;
import io.twostep.model.NewModel;
import io.twostep.model.Provenance;
import io.twostep.observability.Meters;
import io.twostep.training.EpochReport;
import io.twostep.training.Evaluator;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.Trainer;
import io.twostep.training.TrainingListener;
import io.twostep.training.TrainingResult;
import java.util.concurrent.CancellationException;

/** From a table to a model: read, prepare, train, judge. */
final class ModelTraining implements TrainingWork {

    private static final JobError NOT_FINITE = new JobError(
            "training-diverged",
            "The network's answers to some rows are not finite numbers. Smaller steps usually help.");

    private final Datasets datasets;
    private final ExampleRooms rooms;
    private final String build;
    private final Meters meters;

    /** @param build version of the service, for the model's provenance */
    ModelTraining(Datasets datasets, ExampleRooms rooms, String build, Meters meters) {
        this.datasets = datasets;
        this.rooms = rooms;
        this.build = build;
        this.meters = meters;
    }

    @Override
    public Outcome run(TrainingJob job, ProgressListener listener) {
        try (ExampleRoom room = rooms.open()) {
            return train(job, prepare(job.submission(), room, listener), listener);
        } catch (CancellationException e) {
            return new Outcome.Stopped();
        }
    }

    private Preparation prepare(JobSubmission submission, ExampleRoom room, ProgressListener listener) {
        try (OpenTable table = datasets.open(datasets.find(submission.datasetId()))) {
            listener.phase(JobPhase.PREPROCESSING);
            return Preparation.of(table, submission.recipe(), room, listener);
        }
    }

    private Outcome train(TrainingJob job, Preparation prepared, ProgressListener listener) {
        Recipe recipe = job.submission().recipe();
        listener.phase(JobPhase.TRAINING);
        TrainingResult result = new Trainer(
                        prepared.network(),
                        Arithmetic.named(recipe.arithmetic()),
                        recipe.training(),
                        prepared.training(),
                        prepared.validation(),
                        counting(listener, prepared.training().rows()),
                        System::nanoTime,
                        Cores.ofThisMachine())
                .train();
        return switch (result.stop().reason()) {
            case CANCELLED -> new Outcome.Stopped();
            case DIVERGED -> new Outcome.Failed(result.stop(), diverged(result));
            default -> {
                listener.phase(JobPhase.EVALUATING);
                NewModel model = model(job, prepared, result);
                listener.phase(JobPhase.SAVING);
                yield model.evaluation().allFinite()
                        ? new Outcome.Trained(model, result.stop())
                        : new Outcome.Failed(result.stop(), NOT_FINITE);
            }
        };
    }

    private TrainingListener counting(ProgressListener listener, int rows) {
        return new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                meters.epochFinished(rows);
                listener.epochFinished(report, bestEpoch);
            }

            @Override
            public boolean cancelled() {
                return listener.cancelled();
            }
        };
    }

    private NewModel model(TrainingJob job, Preparation prepared, TrainingResult result) {
        JobSubmission submission = job.submission();
        Recipe recipe = submission.recipe();
        Evaluator evaluator = new Evaluator(
                prepared.network(),
                Arithmetic.named(recipe.arithmetic()),
                result.parameters(),
                prepared.target(),
                Cores.ofThisMachine());
        return new NewModel(
                submission.modelName(),
                job.id(),
                prepared.network(),
                new ModelSchema(prepared.features(), prepared.target()),
                new Evaluations(
                        evaluator.evaluate(prepared.training()),
                        evaluator.evaluate(prepared.validation()),
                        evaluator.evaluate(prepared.test())),
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
                                prepared.leftOut())),
                result.parameters());
    }

    private static JobError diverged(TrainingResult result) {
        return new JobError(
                "training-diverged",
                "In epoch " + (result.epochs() + 1)
                        + " the loss or a parameter was no longer a finite number. A smaller learning_rate usually helps.");
    }
}
