package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import java.util.Optional;

/** Whether the column that shall say how much each row counts can do so. */
final class WeightCheck {

    private static final String COLUMN = "/sample_weight";

    private WeightCheck() {}

    /** Notes what stands against it. */
    static void check(TrainingRequest request, Columns columns, Findings findings) {
        String name = request.sampleWeight();
        if (name == null) {
            return;
        }
        columns.check(COLUMN, name, findings);
        if (request.targetColumns().contains(name)) {
            findings.column(COLUMN, request.targetColumns().whatItIs());
        }
        columns.find(name).ifPresent(column -> check(column, request, columns, findings));
    }

    private static void check(DatasetColumn column, TrainingRequest request, Columns columns, Findings findings) {
        if (!column.type().isNumeric()) {
            findings.column(COLUMN, "must hold numbers but holds text");
        }
        checkValues(COLUMN, "", column, request, columns, findings);
    }

    /**
     * Notes it if a dataset of rows that are not learned from has too few weights.
     *
     * @param pointer to where it is named
     */
    static void checkOther(String pointer, TrainingRequest request, Columns columns, Findings findings) {
        Optional.ofNullable(request.sampleWeight())
                .flatMap(columns::find)
                .ifPresent(column -> checkValues(
                        pointer, "column " + Excerpt.quoted(column.name()) + " ", column, request, columns, findings));
    }

    private static void checkValues(
            String pointer,
            String subject,
            DatasetColumn column,
            TrainingRequest request,
            Columns columns,
            Findings findings) {
        long unlabelled = request.targetColumns().names().stream()
                .flatMap(target -> columns.find(target).stream())
                .mapToLong(DatasetColumn::missing)
                .sum();
        if (column.missing() > unlabelled) { // a row with a target has no weight; which one, the values will tell
            findings.column(
                    pointer,
                    subject + "must have a value in each row that has a target but has none in " + column.missing());
        }
    }
}
