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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a search out of a request, or says everything about it that does not fit. Of a grid all trials are planned, of
 * other methods the first one and, in place of each of its values, the ends of what that may be: a bound that is broken
 * anywhere is broken there. What only several values together break comes out at the trial.
 */
final class SearchPlanner {

    private static final String EPOCHS = "/epochs";

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
     * @throws ServiceException with all problems, under the code of the first
     */
    Planned plan(SearchRequest request) {
        requireEpochs(request);
        List<JobSubmission> planned = probe(request);
        JobSubmission first = planned.get(0);
        Recipe recipe = first.recipe();
        TrainingSpec training = recipe.training();
        refuse(Stream.of(
                metric(request.metric(), planned),
                rows(recipe.split()),
                request.method() instanceof SearchMethod.SuccessiveHalving halving
                                && halving.minEpochs() > training.epochs()
                        ? new Problem(
                                "/method/min_epochs",
                                "must be <= the %d epochs of the job but was %d"
                                        .formatted(training.epochs(), halving.minEpochs()))
                        : null));
        return new Planned(
                new SearchSubmission(
                        pinned(request, first),
                        request.method(),
                        request.space(),
                        request.budget(),
                        request.metric(),
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
        probed.forEach(probe::plan);
        probe.throwIfAny();
        return probe.planned();
    }

    private static @Nullable Problem metric(Metric metric, List<JobSubmission> planned) {
        Recipe first = planned.get(0).recipe();
        if (!metric.suits(first.task())) {
            return new Problem(
                    "/metric",
                    metric.wireName() + " is no figure of a "
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

    private static void refuse(Stream<@Nullable Problem> found) {
        List<Problem> problems = found.filter(Objects::nonNull).toList();
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_REQUEST, problems);
        }
    }

    /** Names may be given to others, and models get new versions, while the search goes on. */
    private static ObjectNode pinned(SearchRequest request, JobSubmission first) {
        ObjectNode job = (ObjectNode) request.job().deepCopy();
        job.put("dataset", first.datasetId());
        if (first.networkId() != null) {
            job.put("network", first.networkId());
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
