package io.twostep.scoring;

import io.twostep.dataset.DatasetDraft;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import io.twostep.features.TargetEncoder;
import io.twostep.prediction.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a model adds to a table, named as in the CSV answer to a request: {@code prediction} and, for classes,
 * a {@code probability_…} for each label.
 */
final class PredictionColumns {

    private PredictionColumns() {}

    static List<Column> of(TargetEncoder target, String prefix) {
        List<Column> columns = new ArrayList<>();
        if (target instanceof ClassTarget classes) {
            columns.add(new Column(prefix + "prediction", kind(classes)));
            classes.labels().forEach(label -> columns.add(new Column(prefix + "probability_" + label, Kind.NUMBER)));
        } else {
            columns.add(new Column(prefix + "prediction", Kind.NUMBER));
        }
        return columns;
    }

    /**
     * By all labels, not only those that are predicted, so that it is the same for every table. A label such as
     * {@code 01} stays what it is: as a number it would be another one.
     */
    private static Kind kind(ClassTarget classes) {
        if (classes.labelsAreNumbers()) {
            return Kind.NUMBER;
        }
        return List.of("false", "true").containsAll(classes.labels()) ? Kind.BOOLEAN : Kind.TEXT;
    }

    /** Writes the answer to a row. */
    static void write(Predictions predictions, int row, DatasetDraft out) {
        if (predictions instanceof Predictions.OfClasses classes) {
            Classification answer = classes.row(row);
            out.value(answer.label());
            for (double probability : answer.probabilities()) {
                out.value(Double.toString(probability));
            }
        } else {
            out.value(Double.toString(((Predictions.OfNumbers) predictions).row(row)));
        }
    }
}
