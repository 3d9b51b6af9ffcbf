package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import org.jspecify.annotations.Nullable;

/**
 * When training may stop before its last epoch. The loss that is watched is that of the validation rows, or of the
 * training rows where there are none.
 *
 * @param targetLoss stop once the watched loss is at most this: it is small enough
 * @param minDelta how much lower than at the last progress the loss must be to count as progress, as in Keras; 0 where only
 *     patience is given
 * @param patience stop after so many epochs without progress, and keep the weights of the best epoch; 10 where only
 *     min_delta is given
 * @param maxRuntimeSeconds stop after so much time
 * @param maxSteps stop after so many steps, be it within an epoch
 */
public record StoppingRule(
        @Nullable Double targetLoss,
        @Nullable Double minDelta,
        @Nullable Integer patience,
        @Nullable Double maxRuntimeSeconds,
        @Nullable Long maxSteps) {

    private static final Range PATIENCE = Range.between(1, 1_000_000);
    private static final Range STEPS = Range.between(1, 1e12);
    private static final int DEFAULT_PATIENCE = 10;

    /** Only the number of epochs ends training. */
    public static final StoppingRule NONE = new StoppingRule(null, null, null, null, null);

    @JsonCreator
    public StoppingRule {
        InvalidValueException.throwIfAny(
                problem(Range.NOT_NEGATIVE, "target_loss", targetLoss),
                problem(Range.NOT_NEGATIVE, "min_delta", minDelta),
                problem(PATIENCE, "patience", patience),
                problem(Range.POSITIVE, "max_runtime_seconds", maxRuntimeSeconds),
                problem(STEPS, "max_steps", maxSteps));
        if (minDelta != null && patience == null) {
            patience = DEFAULT_PATIENCE;
        } else if (minDelta == null && patience != null) {
            minDelta = 0.0;
        }
    }

    /** Ends training after so many epochs without a lower loss, with the weights of the best one. */
    public static StoppingRule patient(int epochs) {
        return new StoppingRule(null, null, epochs, null, null);
    }

    /** The same rule, but that steps end the training and not the time. */
    public StoppingRule afterSteps(long steps) {
        return new StoppingRule(targetLoss, minDelta, patience, null, steps);
    }

    private static @Nullable Problem problem(Range range, String field, @Nullable Number value) {
        return value == null ? null : range.problem(field, value.doubleValue());
    }
}
