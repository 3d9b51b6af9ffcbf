package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.features.SplitRule;
import io.twostep.features.TargetColumns;
import io.twostep.features.TargetKind;
import io.twostep.nn.NetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the columns that a request wants to predict can be predicted, one by one and together. */
final class TargetCheck {

    private final TrainingRequest request;
    private final TargetColumns targets;
    private final Columns columns;
    private final Findings findings;

    private TargetCheck(TrainingRequest request, Columns columns, Findings findings) {
        this.request = request;
        this.targets = request.targetColumns();
        this.columns = columns;
        this.findings = findings;
    }

    /**
     * Notes what stands against them.
     *
     * @param spec of the network; null if it is not known
     */
    static void check(TrainingRequest request, Columns columns, @Nullable NetworkSpec spec, Findings findings) {
        TargetCheck check = new TargetCheck(request, columns, findings);
        boolean good = true;
        for (int place = 0; place < check.targets.count(); place++) {
            good &= check.isGood(place);
        }
        if (good) {
            check.checkTogether(columns.all(check.targets.names()), spec);
        }
    }

    /** Notes what is wrong with one of them; true if nothing is. */
    private boolean isGood(int place) {
        String name = targets.names().get(place);
        DatasetColumn target = columns.find(name).orElse(null);
        if (target == null) {
            columns.check(targets.pointer(place), name, findings);
        } else if (columns.dataset().rows() - target.missing() < 2) {
            findings.column(targets.pointer(place), "has a value in fewer than 2 rows");
        } else if (request.task() == TargetKind.REGRESSION && !target.type().isNumeric()) {
            findings.column("/task", "must be classification, since " + theTarget(name) + " is text");
        } else if (TargetTask.kind(request.task(), target) == TargetKind.CLASSIFICATION && target.distinct() < 2) {
            findings.column(targets.pointer(place), "has the same value in all rows: there is nothing to tell apart");
        } else {
            return true;
        }
        return false;
    }

    private String theTarget(String name) {
        return targets.isSeveral() ? "the target " + Excerpt.quoted(name) : "the target";
    }

    private void checkTogether(List<DatasetColumn> found, @Nullable NetworkSpec spec) {
        TargetKind kind = TargetTask.kind(request.task(), found.get(0));
        if (targets.isSeveral() && !areNumbers(found)) {
            return;
        }
        String isA = targets.isSeveral() ? "the targets are numbers" : "the target is a number";
        if (request.splitRule().divider() instanceof SplitRule.Stratified && kind == TargetKind.REGRESSION) {
            findings.column("/split/by", "stratified asks for classes, but " + isA);
        } else if (request.classWeights() != null && kind == TargetKind.REGRESSION) {
            findings.column("/class_weights", "asks for classes, but " + isA);
        } else if (spec != null) {
            findings.check("/network", () -> spec.output().resolve(TargetTask.of(request.task(), found)));
        }
    }

    private boolean areNumbers(List<DatasetColumn> found) {
        for (int place = 0; place < found.size(); place++) {
            DatasetColumn target = found.get(place);
            if (TargetTask.kind(request.task(), target) != TargetKind.REGRESSION) {
                String hint = target.type().isNumeric() ? ", and is a number if task is regression" : "";
                findings.column(
                        targets.pointer(place),
                        "must be a number, as each of several targets, but %s is a class%s"
                                .formatted(Excerpt.quoted(target.name()), hint));
                return false;
            }
        }
        return true;
    }
}
