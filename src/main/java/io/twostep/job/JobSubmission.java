package io.twostep.job;

import io.twostep.model.WarmStart;
import io.twostep.training.Recipe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, as it stood when the job was accepted, with its references resolved and its defaults filled in;
 * never changes.
 *
 * @param datasetId the dataset to learn from
 * @param datasetSha256 the SHA-256 of its content, in hexadecimal
 * @param networkId the stored network that the recipe's was taken from, null if it was described in place
 * @param modelName the name under which the model will be published
 * @param recipe what to do with the dataset
 * @param priority of jobs that wait, the one of the highest is the next
 * @param deadline by which the job must have finished, null if there is none
 * @param warmStart the model whose weights the training begins with, null if it begins anew
 * @param reproduces the version of that model that is to be made again and compared with; null if a new one is wanted
 * @param parent the id of what the job is a part of, to which it tells how good its model is and publishes none; null if
 *     it is a part of nothing
 */
public record JobSubmission(
        String datasetId,
        String datasetSha256,
        @Nullable String networkId,
        String modelName,
        Recipe recipe,
        int priority,
        @Nullable Instant deadline,
        @Nullable WarmStart warmStart,
        @Nullable Integer reproduces,
        @Nullable String parent) {

    /** One that is as urgent as any, begins anew and makes a new model. */
    public JobSubmission(
            String datasetId, String datasetSha256, @Nullable String networkId, String modelName, Recipe recipe) {
        this(datasetId, datasetSha256, networkId, modelName, recipe, 0, null, null, null, null);
    }

    /** What has to be done to make a version of a model again. */
    static JobSubmission reproducing(
            String datasetId,
            String datasetSha256,
            String modelName,
            Recipe recipe,
            @Nullable WarmStart warmStart,
            int version) {
        return new JobSubmission(datasetId, datasetSha256, null, modelName, recipe, 0, null, warmStart, version, null);
    }

    /** The same as a part of something. */
    public JobSubmission partOf(String id, @Nullable Instant until) {
        return new JobSubmission(
                datasetId, datasetSha256, networkId, modelName, recipe, priority, until, warmStart, reproduces, id);
    }

    /** The same with another recipe. */
    public JobSubmission with(Recipe other) {
        return new JobSubmission(
                datasetId,
                datasetSha256,
                networkId,
                modelName,
                other,
                priority,
                deadline,
                warmStart,
                reproduces,
                parent);
    }

    /** The same on its own, so that its model is published. */
    JobSubmission alone(Recipe other, @Nullable Instant until) {
        return new JobSubmission(
                datasetId, datasetSha256, networkId, modelName, other, priority, until, warmStart, reproduces, null);
    }
}
