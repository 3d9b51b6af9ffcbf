package io.twostep.search;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.SplitRule;
import io.twostep.job.JobSubmission;
import io.twostep.model.WarmStart;
import io.twostep.training.Metric;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a search out of a request, or says everything about it that does not fit. Of a grid all trials are planned, of
 * other methods the first one and, in place of each of its values, the ends of what that may be: a bound that is broken
 * anywhere is broken there. What only several values together break, or what is behind the first hundred of these, comes
 * out at the trial.
 */
final class SearchPlanner {

    private static final String EPOCHS = "/epochs";

    /** A plan of a wide table is a megabyte; what is not looked at here comes out at its trial. */
    private static final int MOST_PROBED = 100;

    private static final int MOST_AT_A_TIME = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore planning = new Semaphore(MOST_AT_A_TIME, true);

    private final TrialPlanner trials;

    SearchPlanner(TrialPlanner trials) {
        this.trials = trials;
    }

    /**
     * A search that can be accepted.
     *
     * @param first its first trial
     */
    record Planned(SearchSubmission submission, JobSubmission first) {}

    /**
     * What to do, with all references resolved.
     *
     * @throws ServiceException with all problems, under the code of the first; {@link ErrorCode#BUSY}
     */
    Planned plan(SearchRequest request) {
        if (!entered()) {
            throw new ServiceException(ErrorCode.BUSY, "Other searches are being planned; ask again in a moment.");
        }
        try {
            return planned(request);
        } finally {
            planning.release();
        }
    }

    private boolean entered() {
        try {
            return planning.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Planned planned(SearchRequest request) {
        requireEpochs(request);
        List<JobSubmission> planned = probe(request);
        JobSubmission first = planned.get(0);
        Recipe recipe = first.recipe();
        TrainingSpec training = recipe.training();
        refuse(Stream.of(
                metric(request.metric(), planned),
                rows(recipe.split()),
                refit(request, recipe.split()),
                request.method() instanceof SearchMethod.SuccessiveHalving halving
                                && halving.minEpochs() > training.epochs()
                        ? new Problem(
                                "/method/min_epochs",
                                "must be <= the %d epochs of the job but was %d"
                                        .formatted(training.epochs(), halving.minEpochs()))
                        : null,
                shortest(request.method(), planned)));
        return new Planned(
                new SearchSubmission(
                        pinned(request, first),
                        request.method(),
                        request.space(),
                        request.budget(),
                        request.metric(),
                        request.refit(),
                        first.datasetId(),
                        first.datasetSha256(),
                        first.modelName(),
                        training.epochs()),
                first);
    }

    private static void requireEpochs(SearchRequest request) {
        if (request.method() instanceof SearchMethod.SuccessiveHalving
                && request.space().axes().containsKey(EPOCHS)) {
            refuse(Stream.of(Space.at(EPOCHS, "must not be searched, since successive halving says how many there are")
                    .within("space")));
        }
    }

    private List<JobSubmission> probe(SearchRequest request) {
        Probe probe = new Probe(trials, new JobTemplate(request.job()), request.space());
        List<Settings> begun = request.method().begin(request.space());
        List<Settings> probed = new ArrayList<>(
                request.method() instanceof SearchMethod.Grid
                        ? begun
                        : request.space().ends(begun.get(0)));
        probed.add(0, begun.get(0));
        probed.stream().limit(MOST_PROBED).forEach(probe::plan);
        probe.throwIfAny();
        return probe.planned();
    }

    /** Of halving, whether its shortest trainings may be so short. */
    private static @Nullable Problem shortest(SearchMethod method, List<JobSubmission> planned) {
        int least = planned.stream()
                .map(submission -> submission.recipe().training().stop().minEpochs())
                .mapToInt(epochs -> epochs == null ? 1 : epochs)
                .max()
                .orElse(1);
        return method instanceof SearchMethod.SuccessiveHalving halving && halving.minEpochs() < least
                ? new Problem(
                        "/method/min_epochs",
                        "must be >= the %d epochs that stop.min_epochs asks for but was %d"
                                .formatted(least, halving.minEpochs()))
                : null;
    }

    private static @Nullable Problem metric(Metric metric, List<JobSubmission> planned) {
        Recipe first = planned.get(0).recipe();
        if (!metric.suits(first.task())) {
            return new Problem(
                    "/metric",
                    metric.wireName() + " is no figure of the task "
                            + String.valueOf(first.task()).toLowerCase(Locale.ROOT));
        }
        boolean isSame = planned.stream()
                .map(JobSubmission::recipe)
                .allMatch(recipe -> Objects.equals(
                                recipe.network().output().loss(),
                                first.network().output().loss())
                        && Objects.equals(recipe.classWeights(), first.classWeights()));
        return metric != Metric.LOSS || isSame
                ? null
                : new Problem("/metric", "must not be loss, since the loss is not the same in all trials");
    }

    private static @Nullable Problem rows(SplitShares split) {
        boolean hasRows = split.validation() > 0
                || split.validationDataset() != null
                || split.by() instanceof SplitRule.Column
                || (split.by() instanceof SplitRule.Conditions rule && rule.validation() != null);
        return hasRows
                ? null
                : new Problem("/job/split", "must leave rows for validation, by which trials are compared");
    }

    private static @Nullable Problem refit(SearchRequest request, SplitShares split) {
        return request.refit() && split.validationDataset() != null
                ? new Problem("/refit", "must be false, since the rows for validation are those of another dataset")
                : null;
    }

    private static void refuse(Stream<@Nullable Problem> found) {
        List<Problem> problems = found.filter(Objects::nonNull).toList();
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_REQUEST, problems);
        }
    }

    /** Names may be given to others, networks go, and models get new versions, while the search goes on. */
    private ObjectNode pinned(SearchRequest request, JobSubmission first) {
        ObjectNode job = (ObjectNode) request.job().deepCopy();
        job.put("dataset", first.datasetId());
        if (first.networkId() != null) {
            job.set("network", trials.described(first.recipe().network()));
        }
        SplitShares split = first.recipe().split();
        if (job.get("split") instanceof ObjectNode said) {
            pin(said, "validation_dataset", split.validationDataset());
            pin(said, "test_dataset", split.testDataset());
        }
        WarmStart start = first.warmStart();
        if (start != null && job.get("warm_start") instanceof ObjectNode said) {
            said.put("version", start.version());
        }
        return job;
    }

    private static void pin(ObjectNode split, String field, @Nullable String id) {
        if (id != null) {
            split.put(field, id);
        }
    }
}
