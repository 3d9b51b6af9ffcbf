package io.twostep.training;

import io.twostep.features.TargetKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A figure of an evaluation that tells which of two models is better. */
public enum Metric {
    LOSS(EnumSet.allOf(TargetKind.class), false, Evaluation::loss),
    ACCURACY(true, classes(ClassEvaluation::accuracy)),
    MACRO_F1(true, both(ClassEvaluation::macroF1, LabelsEvaluation::macroF1)),
    LOG_LOSS(false, classes(ClassEvaluation::logLoss)),
    BALANCED_ACCURACY(true, classes(ClassEvaluation::balancedAccuracy)),
    MACRO_PRECISION(true, classes(ClassEvaluation::macroPrecision)),
    MACRO_RECALL(true, classes(ClassEvaluation::macroRecall)),
    BRIER(false, classes(ClassEvaluation::brier)),
    ROC_AUC(true, both(ClassEvaluation::rocAuc, LabelsEvaluation::rocAuc)),
    AVERAGE_PRECISION(true, both(ClassEvaluation::averagePrecision, LabelsEvaluation::averagePrecision)),
    CALIBRATION_ERROR(false, classes(ClassEvaluation::calibrationError)),
    SUBSET_ACCURACY(true, labels(LabelsEvaluation::subsetAccuracy)),
    HAMMING_LOSS(false, labels(LabelsEvaluation::hammingLoss)),
    MICRO_F1(true, labels(LabelsEvaluation::microF1)),
    R2(true, numbers(NumberFigures::r2)),
    RMSE(false, numbers(NumberFigures::rmse)),
    MAE(false, numbers(NumberFigures::mae)),
    MAPE(false, numbers(NumberFigures::mape));

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<TargetKind> targets;

    private final boolean moreIsBetter;

    @SuppressWarnings("ImmutableEnumChecker") // reads one component of a record
    private final Figure figure;

    /** A figure of an evaluation; null where it has none. */
    private interface Figure {

        @Nullable
        Double of(Evaluation evaluation);
    }

    /** One that some evaluations have, and what their target is. */
    private record Some(Set<TargetKind> targets, Figure figure) {}

    Metric(boolean moreIsBetter, Some some) {
        this(some.targets, moreIsBetter, some.figure);
    }

    Metric(Set<TargetKind> targets, boolean moreIsBetter, Figure figure) {
        this.targets = targets;
        this.moreIsBetter = moreIsBetter;
        this.figure = figure;
    }

    private static Some classes(Function<ClassEvaluation, @Nullable Double> figure) {
        return new Some(
                EnumSet.of(TargetKind.CLASSIFICATION),
                evaluation -> evaluation instanceof ClassEvaluation classes ? figure.apply(classes) : null);
    }

    private static Some labels(Function<LabelsEvaluation, @Nullable Double> figure) {
        return new Some(
                EnumSet.of(TargetKind.MULTI_LABEL),
                evaluation -> evaluation instanceof LabelsEvaluation labels ? figure.apply(labels) : null);
    }

    /** A figure of classes that labels have, too. */
    private static Some both(
            Function<ClassEvaluation, @Nullable Double> ofClasses,
            Function<LabelsEvaluation, @Nullable Double> ofLabels) {
        Figure classes = classes(ofClasses).figure;
        Figure labels = labels(ofLabels).figure;
        return new Some(
                EnumSet.of(TargetKind.CLASSIFICATION, TargetKind.MULTI_LABEL),
                evaluation -> evaluation instanceof LabelsEvaluation ? labels.of(evaluation) : classes.of(evaluation));
    }

    private static Some numbers(Function<NumberFigures, @Nullable Double> figure) {
        return new Some(
                EnumSet.of(TargetKind.REGRESSION),
                evaluation -> evaluation instanceof NumberFigures numbers ? figure.apply(numbers) : null);
    }

    /** Whether evaluations of such a target have it. */
    public boolean suits(@Nullable TargetKind kind) {
        return this == LOSS || (kind != null && targets.contains(kind));
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Null where the rows do not let it be computed. */
    public @Nullable Double of(Evaluation evaluation) {
        Double value = figure.of(evaluation);
        return value == null || !Double.isFinite(value) ? null : value;
    }

    /** The name on the wire, as in {@code roc_auc}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
