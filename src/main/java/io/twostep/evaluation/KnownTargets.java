package io.twostep.evaluation;

import io.twostep.error.Excerpt;
import io.twostep.error.Spelling;
import io.twostep.evaluation.DatasetEvaluation.Rows;
import io.twostep.evaluation.DatasetEvaluation.UnknownClass;
import io.twostep.features.ClassTarget;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Picks out the rows whose target a model can answer with, and counts the others. */
final class KnownTargets {

    private static final int MOST_LABELS = 20;

    private final TargetEncoder target;
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private long judged;
    private long withoutTarget;
    private long unknownClass;

    KnownTargets(TargetEncoder target) {
        this.target = target;
    }

    /** Numbers of the rows of a piece that can be judged, ascending. */
    int[] of(Table piece) {
        int[] known = target.knownRows(piece);
        judged += known.length;
        int next = 0;
        for (int row = 0; row < piece.rows(); row++) {
            if (next < known.length && known[next] == row) {
                next++;
            } else {
                leaveOut(piece, row);
            }
        }
        return known;
    }

    Rows rows() {
        return new Rows(
                judged,
                withoutTarget,
                unknownClass,
                unknown.entrySet().stream()
                        .map(each -> new UnknownClass(each.getKey(), each.getValue()))
                        .toList());
    }

    /** Why no row can be judged. */
    String noneKnown() {
        List<String> columns = target.columns();
        String where = columns.size() == 1
                ? "in the column " + Excerpt.quoted(columns.get(0))
                : "in each of the columns " + Excerpt.of(String.join(", ", columns));
        if (unknownClass == 0) {
            return "has no row with a value " + where + ", which the model predicts";
        }
        List<String> labels = target instanceof ClassTarget classes ? classes.labels() : List.of();
        String found = unknown.keySet().iterator().next();
        return "has no row with a class that the model knows " + where + ": one has " + Excerpt.quoted(found)
                + Spelling.hint(found, labels);
    }

    private void leaveOut(Table piece, int row) {
        Optional<String> label = target instanceof ClassTarget classes
                ? classes.label(piece.column(classes.column()), row)
                : Optional.empty();
        if (label.isEmpty()) {
            withoutTarget++;
            return;
        }
        unknownClass++;
        if (unknown.size() < MOST_LABELS || unknown.containsKey(label.get())) {
            unknown.merge(label.get(), 1L, Long::sum);
        }
    }
}
