package io.twostep.training;

import io.twostep.features.TargetKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figure of the validation rows by which a {@link StoppingRule} tells progress, as in {@link Evaluation}. */
public enum StoppingMetric {
    /** What training minimises. */
    LOSS(null, false),
    /** Share of rows whose label is right. */
    ACCURACY(TargetKind.CLASSIFICATION, true),
    /** The mean of each class's recall. */
    BALANCED_ACCURACY(TargetKind.CLASSIFICATION, true),
    /** The mean of each class's F1. */
    F1_MACRO(TargetKind.CLASSIFICATION, true),
    /** Share of the variance that is explained. */
    R2(TargetKind.REGRESSION, true),
    /** Root of the mean squared error. */
    RMSE(TargetKind.REGRESSION, false),
    /** Mean absolute error. */
    MAE(TargetKind.REGRESSION, false);

    private final @Nullable TargetKind task;
    private final boolean higherIsBetter;

    StoppingMetric(@Nullable TargetKind task, boolean higherIsBetter) {
        this.task = task;
        this.higherIsBetter = higherIsBetter;
    }

    /** Whether there is such a figure of that kind of target. */
    public boolean isOf(TargetKind kind) {
        return task == null || task == kind;
    }

    /** The same figure, but lower where it is better; of that again, the figure itself. */
    double cost(double figure) {
        return higherIsBetter ? -figure : figure;
    }

    /** The name used on the wire, as in {@code balanced_accuracy}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
