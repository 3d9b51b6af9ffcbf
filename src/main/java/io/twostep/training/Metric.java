package io.twostep.training;

import io.twostep.features.TargetKind;
import io.twostep.training.Evaluation.NumberFigures;
import io.twostep.training.Evaluation.OfClasses;
import io.twostep.training.Evaluation.OfLabels;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A figure of an evaluation that tells which of two models is better. */
public enum Metric {
    LOSS(EnumSet.allOf(TargetKind.class), false, Evaluation::loss),
    ACCURACY(true, classes(OfClasses::accuracy)),
    MACRO_F1(true, both(OfClasses::macroF1, OfLabels::macroF1)),
    LOG_LOSS(false, classes(OfClasses::logLoss)),
    BALANCED_ACCURACY(true, classes(OfClasses::balancedAccuracy)),
    MACRO_PRECISION(true, classes(OfClasses::macroPrecision)),
    MACRO_RECALL(true, classes(OfClasses::macroRecall)),
    BRIER(false, classes(OfClasses::brier)),
    ROC_AUC(true, both(OfClasses::rocAuc, OfLabels::rocAuc)),
    AVERAGE_PRECISION(true, both(OfClasses::averagePrecision, OfLabels::averagePrecision)),
    CALIBRATION_ERROR(false, classes(OfClasses::calibrationError)),
    SUBSET_ACCURACY(true, labels(OfLabels::subsetAccuracy)),
    HAMMING_LOSS(false, labels(OfLabels::hammingLoss)),
    MICRO_F1(true, labels(OfLabels::microF1)),
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

    private static Some classes(Function<OfClasses, @Nullable Double> figure) {
        return new Some(
                EnumSet.of(TargetKind.CLASSIFICATION),
                evaluation -> evaluation instanceof OfClasses classes ? figure.apply(classes) : null);
    }

    private static Some labels(Function<OfLabels, @Nullable Double> figure) {
        return new Some(
                EnumSet.of(TargetKind.MULTI_LABEL),
                evaluation -> evaluation instanceof OfLabels labels ? figure.apply(labels) : null);
    }

    /** A figure of classes that labels have, too. */
    private static Some both(
            Function<OfClasses, @Nullable Double> ofClasses, Function<OfLabels, @Nullable Double> ofLabels) {
        Figure classes = classes(ofClasses).figure;
        Figure labels = labels(ofLabels).figure;
        return new Some(
                EnumSet.of(TargetKind.CLASSIFICATION, TargetKind.MULTI_LABEL),
                evaluation -> evaluation instanceof OfLabels ? labels.of(evaluation) : classes.of(evaluation));
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
