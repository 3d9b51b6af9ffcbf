package io.twostep.job;

import io.twostep.nn.Regularizer;
import io.twostep.training.Adam;
import io.twostep.training.Clipping;
import io.twostep.training.Lbfgs;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.Optimizer;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course a training takes: for how long, by which steps, and watched by which rows. Whoever says nothing of it gets
 * one that suits the number of rows: some ten thousand steps, ended early when the validation loss no longer falls.
 * Whoever says a part gets the plain defaults for the rest, so that nothing acts behind their back.
 */
record Course(
        int epochs,
        int batchSize,
        Optimizer optimizer,
        LearningRateSchedule schedule,
        @Nullable Clipping clipping,
        Regularizer regularization,
        SplitShares split,
        StoppingRule stop) {

    private static final int BATCH_SIZE = 32;
    private static final int EPOCHS = 100;
    private static final Optimizer OPTIMIZER = Adam.of(0.001);
    private static final LearningRateSchedule SCHEDULE = new LearningRateSchedule.Constant();

    /** What the reference sets need at a learning rate of 0.001, and half as many again. */
    private static final double STEPS = 10_000;

    private static final int FEWEST_EPOCHS = 20;
    private static final int MOST_EPOCHS = 500;
    private static final int SHORTEST_PATIENCE = 10;
    private static final int SHORTEST_PLATEAU = 3;

    /** Of the epochs, for how many in a row the loss may fail to fall. */
    private static final int PATIENCE_SHARE = 5;

    private static final int PLATEAU_SHARE = 20;
    private static final double PLATEAU_FACTOR = 0.5;
    private static final Regularizer REGULARIZER = new Regularizer(0, 1e-4);

    /**
     * The course that was asked for.
     *
     * @param rows of the dataset to learn from
     */
    static Course of(TrainingRequest request, long rows) {
        SplitShares split = request.split() == null ? SplitShares.of(rows) : request.split();
        boolean isUntold = Stream.of(
                        request.epochs(),
                        request.optimizer(),
                        request.schedule(),
                        request.clipping(),
                        request.regularization(),
                        request.stop())
                .allMatch(Objects::isNull);
        if (isUntold) {
            return suiting(rows, split, request.batchSize() == null ? BATCH_SIZE : request.batchSize());
        }
        Optimizer optimizer = request.optimizer() == null ? OPTIMIZER : request.optimizer();
        return new Course(
                request.epochs() == null ? EPOCHS : request.epochs(),
                request.batchSize() == null ? batchSize(optimizer, rows) : request.batchSize(),
                optimizer,
                request.schedule() == null ? SCHEDULE : request.schedule(),
                request.clipping(),
                request.regularization() == null ? Regularizer.NONE : request.regularization(),
                split,
                request.stop() == null ? StoppingRule.NONE : request.stop());
    }

    /** Where nothing is said. */
    private static int batchSize(Optimizer optimizer, long rows) {
        return optimizer instanceof Lbfgs ? (int) Math.min(Integer.MAX_VALUE, rows) : BATCH_SIZE;
    }

    private static Course suiting(long rows, SplitShares split, int batchSize) {
        double stepsPerEpoch = Math.max(1, rows * (1 - split.validation() - split.test()) / batchSize);
        int epochs = (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round(STEPS / stepsPerEpoch)));
        return new Course(
                epochs,
                batchSize,
                OPTIMIZER,
                LearningRateSchedule.ReduceOnPlateau.by(
                        PLATEAU_FACTOR, Math.max(SHORTEST_PLATEAU, epochs / PLATEAU_SHARE)),
                null,
                REGULARIZER,
                split,
                StoppingRule.patient(Math.max(SHORTEST_PATIENCE, epochs / PATIENCE_SHARE)));
    }

    TrainingSpec spec(long seed) {
        return new TrainingSpec(optimizer, schedule, clipping, epochs, batchSize, regularization, stop, seed);
    }
}
