package io.twostep.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, as it stood when the job was accepted, with its references resolved; never changes.
 *
 * @param rows of the dataset
 * @param result the name of the dataset that is made; null lets it have its id for a name
 * @param columns of the dataset that the result keeps
 * @param prefix of the names of the columns that are added
 */
public record ScoringSubmission(
        String model,
        int modelVersion,
        String datasetId,
        String datasetSha256,
        long rows,
        @Nullable String result,
        List<String> columns,
        String prefix) {

    public ScoringSubmission {
        columns = List.copyOf(columns);
    }
}
