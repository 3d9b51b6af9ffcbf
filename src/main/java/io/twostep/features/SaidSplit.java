package io.twostep.features;

import io.twostep.error.Excerpt;
import java.util.Locale;
import java.util.Map;

/** Rows by what a column says of each. */
final class SaidSplit {

    /** What it may say, in any case. */
    private static final Map<String, SplitPart> PARTS = Map.of(
            "train", SplitPart.TRAINING,
            "training", SplitPart.TRAINING,
            "validation", SplitPart.VALIDATION,
            "valid", SplitPart.VALIDATION,
            "val", SplitPart.VALIDATION,
            "test", SplitPart.TEST);

    private SaidSplit() {}

    static Parts divide(ColumnData column) {
        Splitter.requireValues(column);
        Parts parts = new Parts(column.rows());
        for (int row = 0; row < column.rows(); row++) {
            String said = String.valueOf(Labels.label(column, row));
            SplitPart part = PARTS.get(said.toLowerCase(Locale.ROOT));
            if (part == null) {
                throw Splitter.problem(column, "must say train, validation or test but says " + Excerpt.quoted(said));
            }
            parts.give(row, part);
        }
        return parts;
    }
}
