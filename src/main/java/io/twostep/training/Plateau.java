package io.twostep.training;

/**
 * What {@link LearningRateSchedule.ReduceOnPlateau} remembers of the epochs so far.
 *
 * @param reference the watched loss at the last progress, infinite before the first epoch is done
 * @param waited epochs without progress since then, or since the last fall
 * @param resting epochs that are not to be counted yet
 * @param factor of the learning rate, 1 before the first fall
 */
public record Plateau(double reference, int waited, int resting, double factor) {

    static final Plateau NONE = new Plateau(Double.POSITIVE_INFINITY, 0, 0, 1);
}
