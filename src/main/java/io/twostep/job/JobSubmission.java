package io.twostep.job;

import io.twostep.training.Recipe;
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
 */
public record JobSubmission(
        String datasetId, String datasetSha256, @Nullable String networkId, String modelName, Recipe recipe) {}
