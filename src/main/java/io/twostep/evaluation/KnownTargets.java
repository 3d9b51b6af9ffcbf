package io.twostep.evaluation;

import io.twostep.error.Excerpt;
import io.twostep.error.Spelling;
import io.twostep.evaluation.DatasetEvaluation.Rows;
import io.twostep.evaluation.DatasetEvaluation.UnknownClass;
import io.twostep.features.ClassTarget;
import io.twostep.features.SingleTarget;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Picks out the rows whose target a model can answer with, and counts the others. */
final class KnownTargets {

    private static final int MOST_LABELS = 20;

    private final TargetEncoder target;
    private final Map<Unknown, Long> unknown = new LinkedHashMap<>();
    private long judged;
    private long withoutTarget;
    private long unknownClass;

    /** A class that no training row had. */
    private record Unknown(ClassTarget target, String label) {}

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
                        .map(each -> told(each.getKey(), each.getValue()))
                        .toList());
    }

    private UnknownClass told(Unknown each, long count) {
        boolean several = target.targets().size() > 1;
        return new UnknownClass(several ? each.target.column() : null, each.label, count);
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
        Unknown found = unknown.keySet().iterator().next();
        return "has no row with a class that the model knows " + where + ": one has " + Excerpt.quoted(found.label)
                + Spelling.hint(found.label, found.target.labels());
    }

    /** For a target that is missing before one whose class is unknown. */
    private void leaveOut(Table piece, int row) {
        List<ClassTarget> classes = new ArrayList<>();
        for (SingleTarget single : target.targets()) {
            if (piece.column(single.column()).isMissing(row) || !(single instanceof ClassTarget known)) {
                withoutTarget++;
                return;
            }
            classes.add(known);
        }
        unknownClass++;
        classes.stream().flatMap(known -> unknown(known, piece, row)).limit(1).forEach(this::count);
    }

    private static Stream<Unknown> unknown(ClassTarget target, Table piece, int row) {
        return target.label(piece.column(target.column()), row).stream()
                .filter(label -> !target.labels().contains(label))
                .map(label -> new Unknown(target, label));
    }

    private void count(Unknown found) {
        if (unknown.size() < MOST_LABELS || unknown.containsKey(found)) {
            unknown.merge(found, 1L, Long::sum);
        }
    }
}
