package io.twostep.evaluation;

import io.twostep.dataset.Dataset;
import io.twostep.model.ModelVersion;
import io.twostep.training.Evaluation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on a dataset.
 *
 * @param rows which of the dataset's rows were judged
 * @param warnings how many there are of each kind about the values of the judged rows
 * @param evaluation of the judged rows
 */
public record DatasetEvaluation(
        ModelVersion model, Dataset dataset, Rows rows, Map<String, Long> warnings, Evaluation evaluation) {

    /**
     * What became of the rows.
     *
     * @param judged those that have a target which the model can answer with
     * @param withoutTarget those that have none
     * @param unknownClass those of a class that no training row had
     * @param unknownClasses the first of these classes
     */
    public record Rows(long judged, long withoutTarget, long unknownClass, List<UnknownClass> unknownClasses) {

        public Rows {
            unknownClasses = List.copyOf(unknownClasses);
        }
    }

    /**
     * A class that no training row had.
     *
     * @param target that has it; null where there is one
     * @param count in how many rows it is
     */
    public record UnknownClass(@Nullable String target, String label, long count) {}
}
