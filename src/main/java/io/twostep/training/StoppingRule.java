package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import org.jspecify.annotations.Nullable;

/**
 * When training may stop before its last epoch. The loss that is watched is that of the validation rows, or of the
 * training rows where there are none, or its average over the last epochs.
 *
 * @param targetLoss stop once the watched loss is at most this: it is small enough
 * @param minDelta how much lower than at the last progress the loss must be to count as progress, as in Keras; 0 where only
 *     patience is given
 * @param patience stop after so many epochs without progress, and keep the weights of the best epoch; 10 where only
 *     min_delta is given
 * @param maxRuntimeSeconds stop after so much time
 * @param maxSteps stop after so many steps, be it within an epoch
 * @param relativeDelta the same as minDelta, as a share of the loss at the last progress; not beside it
 * @param averageEpochs watch the mean of the last so many epochs' losses, or of all while there are fewer, so that a lucky
 *     epoch is no progress; 1 where nothing is said, as in Keras
 * @param minEpochs before which neither the target nor patience ends training
 * @param metric the figure of the validation rows that is watched for progress instead of their loss, and averaged and
 *     compared like it; null for the loss. Patience goes with it, and no target of the loss
 */
public record StoppingRule(
        @Nullable Double targetLoss,
        @Nullable Double minDelta,
        @Nullable Integer patience,
        @Nullable Double maxRuntimeSeconds,
        @Nullable Long maxSteps,
        @Nullable Double relativeDelta,
        @Nullable Integer averageEpochs,
        @Nullable Integer minEpochs,
        @Nullable StoppingMetric metric) {

    private static final Range PATIENCE = Range.between(1, 1_000_000);
    private static final Range STEPS = Range.between(1, 1e12);
    private static final Range AVERAGE = Range.between(1, 1000);
    private static final Range SHARE = Range.atLeast(0).below(1);
    private static final int DEFAULT_PATIENCE = 10;

    /** Only the number of epochs ends training. */
    public static final StoppingRule NONE = new StoppingRule(null, null, null, null, null, null, null, null, null);

    @JsonCreator
    public StoppingRule {
        InvalidValueException.throwIfAny(
                problem(Range.FINITE, "target_loss", targetLoss),
                problem(Range.NOT_NEGATIVE, "min_delta", minDelta),
                problem(PATIENCE, "patience", patience),
                problem(Range.POSITIVE, "max_runtime_seconds", maxRuntimeSeconds),
                problem(STEPS, "max_steps", maxSteps),
                problem(SHARE, "relative_delta", relativeDelta),
                problem(AVERAGE, "average_epochs", averageEpochs),
                problem(TrainingSpec.EPOCHS, "min_epochs", minEpochs),
                minDelta != null && relativeDelta != null
                        ? new Problem("/relative_delta", "must not be given beside min_delta")
                        : null,
                targetLoss != null && metric != null && metric != StoppingMetric.LOSS
                        ? new Problem(
                                "/target_loss",
                                "must not be given beside the metric " + metric.wireName() + ", which is no loss")
                        : null);
        if (metric == StoppingMetric.LOSS) {
            metric = null;
        }
        if (patience == null && (minDelta != null || relativeDelta != null || metric != null)) {
            patience = DEFAULT_PATIENCE;
        }
        if (patience != null && minDelta == null && relativeDelta == null) {
            minDelta = 0.0;
        }
    }

    /** One that watches the loss. */
    public StoppingRule(
            @Nullable Double targetLoss,
            @Nullable Double minDelta,
            @Nullable Integer patience,
            @Nullable Double maxRuntimeSeconds,
            @Nullable Long maxSteps,
            @Nullable Double relativeDelta,
            @Nullable Integer averageEpochs,
            @Nullable Integer minEpochs) {
        this(
                targetLoss,
                minDelta,
                patience,
                maxRuntimeSeconds,
                maxSteps,
                relativeDelta,
                averageEpochs,
                minEpochs,
                null);
    }

    /** One that neither averages nor waits. */
    public StoppingRule(
            @Nullable Double targetLoss,
            @Nullable Double minDelta,
            @Nullable Integer patience,
            @Nullable Double maxRuntimeSeconds,
            @Nullable Long maxSteps) {
        this(targetLoss, minDelta, patience, maxRuntimeSeconds, maxSteps, null, null, null);
    }

    /** How much lower than {@code reference} a loss must be to be progress. */
    double delta(double reference) {
        return relativeDelta == null ? (minDelta == null ? 0 : minDelta) : relativeDelta * Math.abs(reference);
    }

    /** Ends training after so many epochs without a lower loss, with the weights of the best one. */
    public static StoppingRule patient(int epochs) {
        return new StoppingRule(null, null, epochs, null, null);
    }

    /** The same rule, but that steps end the training and not the time. */
    public StoppingRule afterSteps(long steps) {
        return new StoppingRule(
                targetLoss, minDelta, patience, null, steps, relativeDelta, averageEpochs, minEpochs, metric);
    }

    /** What an epoch came to, lower where it is better. */
    double cost(EpochReport report) {
        return metric == null || report.metric() == null ? report.watchedLoss() : metric.cost(report.metric());
    }

    /** The figure of which that is the cost. */
    double figure(double cost) {
        return metric == null ? cost : metric.cost(cost);
    }

    /** The name of the figure. */
    String watchedName(EpochReport report) {
        return metric == null ? report.watchedName() : "validation_" + metric.wireName();
    }

    private static @Nullable Problem problem(Range range, String field, @Nullable Number value) {
        return value == null ? null : range.problem(field, value.doubleValue());
    }
}
