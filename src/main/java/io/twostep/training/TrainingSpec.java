package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.nn.Regularizer;

/**
 * How to make the loss go down.
 *
 * @param optimizer turns gradients into steps
 * @param epochs most passes over the training rows
 * @param batchSize rows for each step; as many as there are training rows, or more, makes a full batch
 * @param regularization price on large weights
 * @param stop when to end before the last epoch
 * @param seed of the start parameters and of the order of the rows
 */
public record TrainingSpec(
        Optimizer optimizer, int epochs, int batchSize, Regularizer regularization, StoppingRule stop, long seed) {

    public static final Range EPOCHS = Range.between(1, 1_000_000);
    public static final Range BATCH_SIZE = Range.between(1, Integer.MAX_VALUE);

    /** The same but for when to end. */
    public TrainingSpec with(StoppingRule rule) {
        return new TrainingSpec(optimizer, epochs, batchSize, regularization, rule, seed);
    }

    public TrainingSpec {
        InvalidValueException.throwIfAny(EPOCHS.problem("epochs", epochs), BATCH_SIZE.problem("batch_size", batchSize));
    }
}
