package io.twostep.scoring;

import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.features.ClassTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.prediction.AnswerColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that a model adds to a table: those of the CSV answer to a request. */
final class PredictionColumns {

    private PredictionColumns() {}

    static List<Column> of(TargetEncoder target, String prefix) {
        return AnswerColumns.of(target).stream()
                .map(column -> new Column(prefix + column.name(), kind(column.labels())))
                .toList();
    }

    /**
     * By all labels, not only those that are predicted, so that it is the same for every table. A label such as
     * {@code 01} stays what it is: as a number it would be another one.
     */
    private static Kind kind(@Nullable ClassTarget classes) {
        if (classes == null || classes.labelsAreNumbers()) {
            return Kind.NUMBER;
        }
        return List.of("false", "true").containsAll(classes.labels()) ? Kind.BOOLEAN : Kind.TEXT;
    }
}
