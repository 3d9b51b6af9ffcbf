package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.model.NewModel;
import io.twostep.model.Provenance;
import io.twostep.model.Weights;
import io.twostep.training.EpochReport;
import io.twostep.training.Recipe;
import io.twostep.training.Stop;
import io.twostep.training.StopReason;
import io.twostep.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains a published model again from its stored recipe, and compares. */
final class Reproduction {

    private static final int PAGE = 1_000;

    private final ModelRegistry models;
    private final TrainingJobs jobs;

    Reproduction(ModelRegistry models, TrainingJobs jobs) {
        this.models = models;
        this.jobs = jobs;
    }

    /**
     * What has to be done to make a model again.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#NOT_REPRODUCIBLE} if nobody knows how far
     *     the clock let it come
     */
    JobSubmission of(String name, int version) {
        ModelVersion model = models.find(name, version);
        Provenance origin = model.provenance();
        return JobSubmission.reproducing(
                origin.datasetId(),
                origin.datasetSha256(),
                model.name(),
                recipe(model),
                origin.warmStart(),
                model.version());
    }

    /**
     * What has to be done to make the model of a part again, and to publish it.
     *
     * @param part one that has succeeded
     * @param refit whether its rows for validation are to be learned from too
     * @throws ServiceException {@link ErrorCode#NOT_REPRODUCIBLE} if nobody knows how far the clock let it come
     */
    JobSubmission ofPart(TrainingJob part, boolean refit, @Nullable Instant deadline) {
        JobEnding ending = part.ending();
        if (ending == null || part.status() != JobStatus.SUCCEEDED) {
            throw new IllegalArgumentException(part.id() + " has made no model");
        }
        JobSubmission submission = part.submission();
        Recipe recipe = refit
                ? Refit.of(part)
                : recipe(submission.recipe(), ending.stopReason(), ending.stopDetail(), "The model of " + part.id());
        return submission.alone(recipe, deadline);
    }

    private static Recipe recipe(ModelVersion model) {
        Stop stop = model.provenance().stop();
        return recipe(
                model.provenance().recipe(),
                stop.reason().wireName(),
                stop.numbers(),
                "Version " + model.version() + " of the model " + model.name());
    }

    /** Where the clock ended the training, steps are counted instead. */
    private static Recipe recipe(Recipe recipe, String stopReason, Map<String, Double> numbers, String which) {
        if (!stopReason.equals(StopReason.MAX_RUNTIME.wireName())) {
            return recipe;
        }
        double steps = numbers.getOrDefault("steps", 0.0);
        if (steps < 1) {
            throw new ServiceException(
                    ErrorCode.NOT_REPRODUCIBLE,
                    which
                            + " was stopped by max_runtime_seconds before its first step, or after a number of steps that was not noted.");
        }
        TrainingSpec training = recipe.training();
        return recipe.with(training.with(training.stop().afterSteps((long) steps)));
    }

    /** Whether a model has the weights, the metrics and the loss history of the version that its job was to make again. */
    boolean isIdentical(TrainingJob job, NewModel made) {
        Integer version = job.submission().reproduces();
        if (version == null) {
            throw new IllegalArgumentException(job.id() + " makes a new model");
        }
        ModelVersion model = models.find(made.name(), version);
        return Weights.of(made.parameters()).sha256().equals(model.weightsSha256())
                && made.evaluation().agreesWith(model.evaluation())
                && made.provenance().epochs() == model.provenance().epochs()
                && made.provenance().bestEpoch() == model.provenance().bestEpoch()
                && haveSameHistory(model.jobId(), job.id());
    }

    private boolean haveSameHistory(String first, String second) {
        int epoch = 0;
        while (true) {
            List<EpochReport> expected = jobs.history(first, epoch, PAGE);
            List<EpochReport> actual = jobs.history(second, epoch, PAGE);
            if (!haveSameRows(expected, actual)) {
                return false;
            }
            if (expected.size() < PAGE) {
                return true;
            }
            epoch = expected.get(PAGE - 1).epoch();
        }
    }

    private static boolean haveSameRows(List<EpochReport> expected, List<EpochReport> actual) {
        return expected.size() == actual.size()
                && IntStream.range(0, expected.size())
                        .allMatch(i -> actual.get(i).agreesWith(expected.get(i)));
    }
}
