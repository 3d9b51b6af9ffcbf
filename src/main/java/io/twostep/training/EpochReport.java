package io.twostep.training;

import org.jspecify.annotations.Nullable;

/**
 * What one pass over the training rows came to.
 *
 * @param epoch 1 for the first
 * @param trainLoss loss over the training rows, each batch's taken just before its step
 * @param validationLoss loss over the validation rows after the epoch; null where there are none
 * @param learningRate alpha of the epoch's last step
 * @param gradientNorm Euclidean length of the gradient of the epoch's last step, regularisation and clipping included
 * @param seconds since training began
 * @param metric the figure of the validation rows that the stopping rule watches; null where that is the loss, or where
 *     it was not kept
 */
public record EpochReport(
        int epoch,
        double trainLoss,
        @Nullable Double validationLoss,
        double learningRate,
        double gradientNorm,
        double seconds,
        @Nullable Double metric) {

    /** Without a metric. */
    public EpochReport(
            int epoch,
            double trainLoss,
            @Nullable Double validationLoss,
            double learningRate,
            double gradientNorm,
            double seconds) {
        this(epoch, trainLoss, validationLoss, learningRate, gradientNorm, seconds, null);
    }

    /** Whether these are the figures of that report, whenever they were found; an older one does not know the metric. */
    public boolean agreesWith(EpochReport earlier) {
        EpochReport known = earlier.metric == null
                ? new EpochReport(epoch, trainLoss, validationLoss, learningRate, gradientNorm, earlier.seconds)
                : at(earlier.seconds);
        return known.equals(earlier);
    }

    /** The same figures at another time. */
    public EpochReport at(double otherSeconds) {
        return new EpochReport(epoch, trainLoss, validationLoss, learningRate, gradientNorm, otherSeconds, metric);
    }

    /** The loss that is watched: by a schedule, and by a stopping rule that has no other metric. */
    public double watchedLoss() {
        return validationLoss == null ? trainLoss : validationLoss;
    }

    /** Its name. */
    public String watchedName() {
        return validationLoss == null ? "train_loss" : "validation_loss";
    }
}
