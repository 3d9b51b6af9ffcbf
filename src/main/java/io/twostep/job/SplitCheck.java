package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.features.RowCondition;
import io.twostep.features.SplitRule;
import org.jspecify.annotations.Nullable;

/** Whether the columns by which a request divides the rows can do so. */
final class SplitCheck {

    private static final String COLUMN = "/split/by/column";

    private SplitCheck() {}

    /** Notes what stands against it. */
    static void check(TrainingRequest request, Columns columns, Findings findings) {
        SplitRule rule = request.splitRule();
        if (rule instanceof SplitRule.Conditions conditions) {
            check("/split/by/validation", conditions.validation(), request, columns, findings);
            check("/split/by/test", conditions.test(), request, columns, findings);
        } else {
            rule.names().forEach(name -> check(rule, name, request, columns, findings));
        }
    }

    private static void check(
            SplitRule rule, String name, TrainingRequest request, Columns columns, Findings findings) {
        String pointer = rule.divider() == rule ? COLUMN : "/split/by/by/column";
        columns.check(pointer, name, findings);
        if (request.targetColumns().contains(name)) {
            findings.column(pointer, request.targetColumns().whatItIs());
        }
        columns.find(name).ifPresent(column -> check(rule.divider(), column, findings));
    }

    private static void check(
            String pointer,
            @Nullable RowCondition condition,
            TrainingRequest request,
            Columns columns,
            Findings findings) {
        if (condition == null) {
            return;
        }
        columns.check(pointer + "/column", condition.column(), findings);
        if (request.targetColumns().contains(condition.column())) {
            findings.column(pointer + "/column", request.targetColumns().whatItIs());
        }
        columns.find(condition.column()).stream()
                .flatMap(column -> condition.misfits(column.type().isNumeric(), column.dateOrder() != null).stream())
                .forEach(misfit -> findings.column(pointer + misfit.pointer(), misfit.detail()));
    }

    /** Rows without a group are a group; but without a time, or a part, there is no telling where they belong. */
    private static void check(SplitRule rule, DatasetColumn column, Findings findings) {
        if (column.missing() > 0 && !(rule instanceof SplitRule.Group)) {
            findings.column(COLUMN, "must have a value in each row but has none in " + column.missing());
        }
        if (rule instanceof SplitRule.Column && column.type().isNumeric()) {
            findings.column(COLUMN, "must say train, validation or test but holds numbers");
        }
    }
}
