package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.features.SplitRule;

/** Whether the column by which a request divides the rows can do so. */
final class SplitCheck {

    private static final String COLUMN = "/split/by/column";

    private SplitCheck() {}

    /** Notes what stands against it. */
    static void check(TrainingRequest request, Columns columns, Findings findings) {
        SplitRule rule = request.split().by();
        String name = rule.column();
        if (name == null) {
            return;
        }
        columns.check(COLUMN, name, findings);
        if (name.equals(request.target())) {
            findings.column(COLUMN, "is the target");
        }
        columns.find(name).ifPresent(column -> check(rule, column, findings));
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
