package io.twostep.prediction;

import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import io.twostep.features.SingleTarget;
import io.twostep.features.TargetEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers as columns of a table: {@code prediction} and, for classes, a {@code probability_…} for each label; where there
 * are several targets, {@code prediction_height} for that of the name {@code height}, and {@code probability_smokes_yes}.
 */
public final class AnswerColumns {

    private AnswerColumns() {}

    /**
     * A column.
     *
     * @param labels those of which it holds one in each row; null where it holds numbers
     */
    public record Column(String name, @Nullable ClassTarget labels) {}

    /** All columns of a model, in their order. */
    public static List<Column> of(TargetEncoder target) {
        boolean several = target.targets().size() > 1;
        List<Column> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (SingleTarget single : target.targets()) {
            String ofTarget = several ? "_" + single.column() : "";
            columns.add(new Column(
                    free("prediction" + ofTarget, taken), single instanceof ClassTarget classes ? classes : null));
            if (single instanceof ClassTarget classes) {
                classes.labels()
                        .forEach(label ->
                                columns.add(new Column(free("probability" + ofTarget + "_" + label, taken), null)));
            }
        }
        return columns;
    }

    /** The name, or with a number behind it: {@code a_b} may be a target, or {@code a} and {@code b_…} a label of it. */
    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** What a row has in each of them. */
    public static String[] values(Predictions predictions, int row, int columns) {
        String[] values = new String[columns];
        int next = 0;
        List<? extends SingleTarget> targets = predictions.target().targets();
        for (int place = 0; place < targets.size(); place++) {
            if (targets.get(place) instanceof ClassTarget) {
                Classification answer = predictions.classification(row, place);
                values[next++] = answer.label();
                for (double probability : answer.probabilities()) {
                    values[next++] = Double.toString(probability);
                }
            } else {
                values[next++] = Double.toString(predictions.number(row, place));
            }
        }
        return values;
    }
}
