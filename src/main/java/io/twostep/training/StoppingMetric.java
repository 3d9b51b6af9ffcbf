package io.twostep.training;

import io.twostep.features.TargetKind;

/**
 * The figure of the validation rows by which a {@link StoppingRule} tells progress: one of those of an
 * {@link Evaluation} that are found quickly enough to be looked at after every epoch.
 */
public enum StoppingMetric {
    /** What training minimises. */
    LOSS(Metric.LOSS),
    ACCURACY(Metric.ACCURACY),
    BALANCED_ACCURACY(Metric.BALANCED_ACCURACY),
    MACRO_F1(Metric.MACRO_F1),
    SUBSET_ACCURACY(Metric.SUBSET_ACCURACY),
    HAMMING_LOSS(Metric.HAMMING_LOSS),
    MICRO_F1(Metric.MICRO_F1),
    R2(Metric.R2),
    RMSE(Metric.RMSE),
    MAE(Metric.MAE);

    private final Metric metric;

    StoppingMetric(Metric metric) {
        this.metric = metric;
    }

    /** Whether there is such a figure of that kind of target. */
    public boolean isOf(TargetKind kind) {
        return metric.suits(kind);
    }

    /** The same figure, but lower where it is better; of that again, the figure itself. */
    double cost(double figure) {
        return metric.moreIsBetter() ? -figure : figure;
    }

    /** The name used on the wire, as in {@code balanced_accuracy}. */
    public String wireName() {
        return metric.wireName();
    }
}
