package io.twostep.model;

import io.twostep.training.Recipe;
import io.twostep.training.Stop;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from: whoever has the dataset and the build can make it again.
 *
 * @param datasetId the table it learned from
 * @param datasetSha256 of the table's content
 * @param recipe what was done with it
 * @param arithmetic what computed, {@code fast} or {@code portable}
 * @param build version of the service
 * @param stop why training ended
 * @param epochs that were finished
 * @param bestEpoch the one with the lowest watched loss
 * @param rows how the table's rows were used, and those of the other two
 * @param validationDataset the table that was watched, if it was another one
 * @param testDataset the table that was judged at the end, likewise
 * @param warmStart the model whose weights it began with, if it did not begin anew
 */
public record Provenance(
        String datasetId,
        String datasetSha256,
        Recipe recipe,
        String arithmetic,
        String build,
        Stop stop,
        int epochs,
        int bestEpoch,
        Rows rows,
        @Nullable Source validationDataset,
        @Nullable Source testDataset,
        @Nullable WarmStart warmStart) {

    /** Another table, and the SHA-256 of its content. */
    public record Source(String datasetId, String datasetSha256) {}

    /** Rows learned from, watched, kept for the end, and left out for want of a known target. */
    public record Rows(int training, int validation, int test, int leftOut) {}
}
