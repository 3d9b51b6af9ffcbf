package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.training.Metric;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was asked for, as it stood when the search was accepted, with its references resolved; never changes.
 *
 * @param job the training request, with ids for the datasets and the network that it names and the version of its warm
 *     start, so that all trials have the same
 * @param refit whether the best model is trained on the validation rows too before it is published
 * @param datasetId the dataset to learn from
 * @param datasetSha256 the SHA-256 of its content, in hexadecimal
 * @param model the name under which the best model will be published
 * @param epochs of a trial whose settings say nothing of it
 */
public record SearchSubmission(
        JsonNode job,
        SearchMethod method,
        Space space,
        Budget budget,
        Metric metric,
        boolean refit,
        String datasetId,
        String datasetSha256,
        String model,
        int epochs) {

    /** As it is read, also from where it was stored before there was a choice. */
    @JsonCreator
    static SearchSubmission of(
            JsonNode job,
            SearchMethod method,
            Space space,
            Budget budget,
            Metric metric,
            @Nullable Boolean refit,
            String datasetId,
            String datasetSha256,
            String model,
            int epochs) {
        return new SearchSubmission(
                job, method, space, budget, metric, refit != null && refit, datasetId, datasetSha256, model, epochs);
    }

    /** How many trials there will be at most. */
    public int trials() {
        return Progression.of(this).trials();
    }
}
