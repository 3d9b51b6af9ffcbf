package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.nn.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to make the loss go down.
 *
 * @param optimizer turns gradients into steps
 * @param schedule how its learning rate changes
 * @param clipping bounds the gradients; null if they are taken as they are
 * @param epochs most passes over the training rows
 * @param batchSize rows for each step; as many as there are training rows, or more, makes a full batch. Lbfgs takes all of
 *     them, whatever it is
 * @param regularization price on large weights
 * @param stop when to end before the last epoch
 * @param seed of the start parameters and of the order of the rows
 */
public record TrainingSpec(
        Optimizer optimizer,
        LearningRateSchedule schedule,
        @Nullable Clipping clipping,
        int epochs,
        int batchSize,
        Regularizer regularization,
        StoppingRule stop,
        long seed) {

    public static final Range EPOCHS = Range.between(1, 1_000_000);
    public static final Range BATCH_SIZE = Range.between(1, Integer.MAX_VALUE);

    public TrainingSpec {
        List<@Nullable Problem> problems = new ArrayList<>(optimizer.refusals(schedule, clipping, regularization));
        problems.add(EPOCHS.problem("epochs", epochs));
        problems.add(BATCH_SIZE.problem("batch_size", batchSize));
        if (stop.minEpochs() != null && stop.minEpochs() > epochs) {
            problems.add(new Problem(
                    "/stop/min_epochs",
                    "must be <= the %d epochs of the training but was %d".formatted(epochs, stop.minEpochs())));
        }
        InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
    }

    /** The learning rate stays as it is, and so do the gradients. */
    public TrainingSpec(
            Optimizer optimizer, int epochs, int batchSize, Regularizer regularization, StoppingRule stop, long seed) {
        this(optimizer, new LearningRateSchedule.Constant(), null, epochs, batchSize, regularization, stop, seed);
    }

    /** As it is read, also from where it was stored before there were schedules. */
    @JsonCreator
    static TrainingSpec of(
            Optimizer optimizer,
            @Nullable LearningRateSchedule schedule,
            @Nullable Clipping clipping,
            int epochs,
            int batchSize,
            Regularizer regularization,
            StoppingRule stop,
            long seed) {
        return new TrainingSpec(
                optimizer,
                schedule == null ? new LearningRateSchedule.Constant() : schedule,
                clipping,
                epochs,
                batchSize,
                regularization,
                stop,
                seed);
    }

    /** The same but for the rows of each step. */
    public TrainingSpec withBatchSize(int rows) {
        return new TrainingSpec(optimizer, schedule, clipping, epochs, rows, regularization, stop, seed);
    }

    /** The same for another number of epochs. */
    public TrainingSpec withEpochs(int others) {
        return new TrainingSpec(optimizer, schedule, clipping, others, batchSize, regularization, stop, seed);
    }

    /** The same but for when to end. */
    public TrainingSpec with(StoppingRule rule) {
        return new TrainingSpec(optimizer, schedule, clipping, epochs, batchSize, regularization, rule, seed);
    }
}
