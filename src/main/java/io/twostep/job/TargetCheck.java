package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.features.SplitRule;
import io.twostep.features.TargetColumns;
import io.twostep.features.TargetKind;
import io.twostep.nn.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        if (!check.areThere()) {
            return;
        }
        boolean good = true;
        for (int place = 0; place < check.targets.count(); place++) {
            good &= check.isGood(place);
        }
        if (good) {
            check.checkTogether(columns.all(check.targets.names()), spec);
        }
    }

    private boolean areThere() {
        if (targets.isSeveral()) {
            columns.check(targets.pointer(), targets.names(), findings);
        } else {
            columns.check(targets.pointer(), targets.names().get(0), findings);
        }
        return targets.names().stream().allMatch(name -> columns.find(name).isPresent());
    }

    /** Notes what is wrong with one of them, which is there; true if nothing is. */
    private boolean isGood(int place) {
        DatasetColumn target = columns.find(targets.names().get(place)).orElseThrow();
        if (columns.dataset().rows() - target.missing() < 2) {
            findings.column(targets.pointer(place), "has a value in fewer than 2 rows");
        } else if (request.task() == TargetKind.REGRESSION && !target.type().isNumeric()) {
            if (targets.isSeveral()) {
                findings.column(targets.pointer(place), "holds text, which task regression cannot predict");
            } else {
                findings.column("/task", "must be classification, since the target is text");
            }
        } else if (TargetTask.isClass(request.task(), target) && target.distinct() < 2) {
            findings.column(targets.pointer(place), "has the same value in all rows: there is nothing to tell apart");
        } else {
            return true;
        }
        return false;
    }

    private void checkTogether(List<DatasetColumn> found, @Nullable NetworkSpec spec) {
        if (targets.isSeveral() ? !areOfAKind(found) || !areOfTwoClasses(found) : !isOne()) {
            return;
        }
        TargetKind kind = TargetTask.kind(request.task(), found);
        if (kind != TargetKind.CLASSIFICATION && request.splitRule().divider() instanceof SplitRule.Stratified) {
            findings.column("/split/by", "stratified asks for the classes of one target, but " + whatIsPredicted(kind));
        } else if (kind != TargetKind.CLASSIFICATION && request.classWeights() != null) {
            findings.column("/class_weights", "asks for the classes of one target, but " + whatIsPredicted(kind));
        } else if (spec != null) {
            findings.check("/network", () -> spec.output().resolve(TargetTask.of(request.task(), found)));
        }
    }

    private String whatIsPredicted(TargetKind kind) {
        if (kind == TargetKind.MULTI_LABEL) {
            return "there are " + targets.count() + " targets";
        }
        return targets.isSeveral() ? "the targets are numbers" : "the target is a number";
    }

    private boolean isOne() {
        if (request.task() == TargetKind.MULTI_LABEL) {
            findings.value("/task", "must be classification or regression, or else there must be several targets");
            return false;
        }
        return true;
    }

    private boolean areOfAKind(List<DatasetColumn> found) {
        Map<Boolean, List<DatasetColumn>> byKind =
                found.stream().collect(Collectors.partitioningBy(target -> TargetTask.isClass(request.task(), target)));
        List<DatasetColumn> classes = byKind.getOrDefault(true, List.of());
        List<DatasetColumn> numbers = byKind.getOrDefault(false, List.of());
        if (classes.isEmpty() || numbers.isEmpty()) {
            return true;
        }
        String hint = classes.stream().allMatch(target -> target.type().isNumeric())
                ? "; whole numbers of few distinct values are numbers if task is regression"
                : "";
        findings.column(
                targets.pointer(),
                "must be numbers, all of them, or classes, but %s is a number and %s a class%s"
                        .formatted(
                                Excerpt.quoted(numbers.get(0).name()),
                                Excerpt.quoted(classes.get(0).name()),
                                hint));
        return false;
    }

    private boolean areOfTwoClasses(List<DatasetColumn> found) {
        if (TargetTask.kind(request.task(), found) != TargetKind.MULTI_LABEL) {
            return true;
        }
        boolean good = true;
        for (int place = 0; place < found.size(); place++) {
            DatasetColumn target = found.get(place);
            if (target.distinct() > 2) {
                good = false;
                String hint = target.type().isNumeric() ? ", unless task is regression" : "";
                findings.column(
                        targets.pointer(place),
                        "must have 2 classes, as each of several targets, but has %d%s"
                                .formatted(target.distinct(), hint));
            }
        }
        return good;
    }
}
