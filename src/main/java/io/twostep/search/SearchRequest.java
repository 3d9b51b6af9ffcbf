package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.training.Metric;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What somebody wants to be searched.
 *
 * @param job a training request, in which each trial has values of its own
 * @param metric the loss where nothing is said
 * @param refit whether the best model is trained on the validation rows too before it is published; not where nothing is
 *     said, so that it is the one whose figures the search shows (scikit-learn refits)
 */
public record SearchRequest(
        JsonNode job, SearchMethod method, Space space, Budget budget, Metric metric, boolean refit) {

    public SearchRequest {
        InvalidValueException.throwIfAny(
                job.isMissingNode()
                        ? new Problem("/job", "is required")
                        : job.isObject()
                                ? null
                                : new Problem("/job", "must be a training request, which is an object"));
        method.requireSuits(space);
    }

    @JsonCreator
    static SearchRequest of(
            @Nullable JsonNode job,
            SearchMethod method,
            Space space,
            @Nullable Budget budget,
            @Nullable Metric metric,
            @Nullable Boolean refit) {
        return new SearchRequest(
                job == null ? MissingNode.getInstance() : job,
                method,
                space,
                budget == null ? Budget.NONE : budget,
                metric == null ? Metric.LOSS : metric,
                refit != null && refit);
    }
}
