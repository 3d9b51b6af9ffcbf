package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Rows by conditions on their values. One that meets none is learned from; one that meets both is an error. */
record ConditionSplit(SplitRule.Conditions rule) {

    Parts divide(int rows, Function<String, ColumnData> columns) {
        Parts parts = new Parts(rows);
        give(SplitPart.VALIDATION, parts, columns);
        give(SplitPart.TEST, parts, columns);
        return parts;
    }

    private void give(SplitPart part, Parts parts, Function<String, ColumnData> columns) {
        RowCondition condition = rule.of(part);
        if (condition == null) {
            return;
        }
        ColumnData column = columns.apply(condition.column());
        IntPredicate meant = condition.on(column);
        boolean any = false;
        for (int row = 0; row < column.rows(); row++) {
            if (meant.test(row)) {
                requireFree(row, column, parts);
                parts.give(row, part);
                any = true;
            }
        }
        if (!any) {
            throw new InvalidValueException(
                    "split/by/" + part.label(),
                    "means no row with a target: none has such a value in column " + Excerpt.quoted(condition.column())
                            + hint(condition, column));
        }
    }

    private static void requireFree(int row, ColumnData column, Parts parts) {
        if (!parts.isIn(row, SplitPart.TRAINING)) {
            throw new InvalidValueException(
                    "split/by/test",
                    "means a row that validation means too, one with %s in column %s: each row is in one part"
                            .formatted(shown(column, row), Excerpt.quoted(column.name())));
        }
    }

    private static String shown(ColumnData column, int row) {
        String value = Labels.label(column, row);
        return value == null ? "no value" : Excerpt.quoted(value);
    }

    /** What may have been meant by a text that no row has. */
    private static String hint(RowCondition condition, ColumnData column) {
        if (!(column instanceof Texts texts)) {
            return "";
        }
        List<String> known = Arrays.stream(texts.values())
                .flatMap(Stream::ofNullable)
                .distinct()
                .limit(1_000)
                .toList();
        return condition.texts().stream()
                .map(text -> Spelling.hint(text, known))
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }
}
