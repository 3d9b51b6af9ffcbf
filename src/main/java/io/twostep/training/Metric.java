package io.twostep.training;

import io.twostep.features.TargetKind;
import io.twostep.training.Evaluation.NumberFigures;
import io.twostep.training.Evaluation.OfClasses;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A figure of an evaluation that tells which of two models is better. */
public enum Metric {
    LOSS(null, false, Evaluation::loss),
    ACCURACY(true, classes(OfClasses::accuracy)),
    MACRO_F1(true, classes(OfClasses::macroF1)),
    LOG_LOSS(false, classes(OfClasses::logLoss)),
    BALANCED_ACCURACY(true, classes(OfClasses::balancedAccuracy)),
    MACRO_PRECISION(true, classes(OfClasses::macroPrecision)),
    MACRO_RECALL(true, classes(OfClasses::macroRecall)),
    BRIER(false, classes(OfClasses::brier)),
    ROC_AUC(true, classes(OfClasses::rocAuc)),
    AVERAGE_PRECISION(true, classes(OfClasses::averagePrecision)),
    CALIBRATION_ERROR(false, classes(OfClasses::calibrationError)),
    R2(true, numbers(NumberFigures::r2)),
    RMSE(false, numbers(NumberFigures::rmse)),
    MAE(false, numbers(NumberFigures::mae)),
    MAPE(false, numbers(NumberFigures::mape));

    private final @Nullable TargetKind target;
    private final boolean moreIsBetter;

    @SuppressWarnings("ImmutableEnumChecker") // reads one component of a record
    private final Figure figure;

    /** A figure of an evaluation; null where it has none. */
    private interface Figure {

        @Nullable
        Double of(Evaluation evaluation);
    }

    /** One that some evaluations have, and what their target is. */
    private record Some(TargetKind target, Figure figure) {}

    Metric(boolean moreIsBetter, Some some) {
        this(some.target, moreIsBetter, some.figure);
    }

    Metric(@Nullable TargetKind target, boolean moreIsBetter, Figure figure) {
        this.target = target;
        this.moreIsBetter = moreIsBetter;
        this.figure = figure;
    }

    private static Some classes(Function<OfClasses, @Nullable Double> figure) {
        return new Some(
                TargetKind.CLASSIFICATION,
                evaluation -> evaluation instanceof OfClasses classes ? figure.apply(classes) : null);
    }

    private static Some numbers(Function<NumberFigures, @Nullable Double> figure) {
        return new Some(
                TargetKind.REGRESSION,
                evaluation -> evaluation instanceof NumberFigures numbers ? figure.apply(numbers) : null);
    }

    /** Whether evaluations of such a target have it. */
    public boolean suits(@Nullable TargetKind kind) {
        return target == null || target == kind;
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
