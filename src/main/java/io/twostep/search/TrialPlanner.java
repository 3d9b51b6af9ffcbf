package io.twostep.search;

import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingRequest;
import io.twostep.nn.NetworkSpec;
import io.twostep.training.Recipe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a training job of a trial, in the very way in which requests for training jobs become some. */
final class TrialPlanner {

    private final TrainingDesk desk;
    private final JsonMapper json;

    TrialPlanner(TrainingDesk desk, JsonMapper json) {
        this.desk = desk;
        this.json = json;
    }

    /**
     * The job.
     *
     * @param epochs null leaves it to the request
     * @throws InvalidValueException if the request cannot be read
     * @throws ServiceException if it does not fit what is stored, see {@link TrainingDesk#plan}
     */
    JobSubmission plan(JobTemplate template, Settings settings, @Nullable Integer epochs) {
        JobSubmission planned = desk.plan(json.treeToValue(template.with(settings), TrainingRequest.class));
        Recipe recipe = planned.recipe();
        return epochs == null
                ? planned
                : planned.with(recipe.with(recipe.training().withEpochs(epochs)));
    }

    /** A network as a request describes it. */
    JsonNode described(NetworkSpec network) {
        return json.valueToTree(network);
    }

    /** By which the best model must be published; null if that may take its time. */
    @Nullable
    Instant deadline(SearchSubmission submission) {
        JsonNode said = submission.job().get("deadline");
        return said == null || said.isNull() ? null : json.treeToValue(said, Instant.class);
    }
}
