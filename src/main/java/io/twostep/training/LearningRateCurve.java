package io.twostep.training;

import java.util.List;
import java.util.Optional;

/**
 * The loss at each of several learning rates, and what follows from it.
 *
 * @param points in the order of the rates
 * @param rowsPerStep that each step learned from
 * @param end why there are no more
 */
public record LearningRateCurve(List<Point> points, int rowsPerStep, End end) {

    /** So many of the last points are too near to where the loss was lost. */
    private static final int LAST = 5;

    private static final double TENTH = 0.1;

    public LearningRateCurve {
        points = List.copyOf(points);
    }

    /**
     * One step.
     *
     * @param loss of its batch, before the step
     * @param smoothed mean of the losses so far, in which older ones count less
     */
    public record Point(double learningRate, double loss, double smoothed) {}

    /** What ended it. */
    public enum End {
        /** All rates were tried. */
        STEPS,
        /** The smoothed loss was more than four times its lowest, or the loss no longer a finite number. */
        DIVERGED,
        /** The time was up. */
        TIME,
        /** Even one step would have taken too long. */
        TOO_LONG
    }

    /**
     * Rates that promise something, found as fastai's {@code lr_find} finds them.
     *
     * @param tenthOfMinimum a tenth of the rate at which the smoothed loss is lowest
     * @param steepest the rate from which the smoothed loss falls fastest, by the logarithm of the rate
     */
    public record Suggestion(double tenthOfMinimum, double steepest) {}

    /**
     * What the points suggest, without the first tenth of the steps and the last five, as fastai does.
     *
     * @param steps that were planned
     * @return empty if the smoothed loss never falls
     */
    public Optional<Suggestion> suggestion(int steps) {
        int from = steps / 10;
        int to = points.size() - LAST;
        int lowest = from;
        int steepest = from;
        double slope = Double.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            lowest = points.get(i).smoothed < points.get(lowest).smoothed ? i : lowest;
            if (i + 1 < to && slope(i) < slope) {
                slope = slope(i);
                steepest = i;
            }
        }
        return lowest > from
                ? Optional.of(
                        new Suggestion(TENTH * points.get(lowest).learningRate, points.get(steepest).learningRate))
                : Optional.empty();
    }

    private double slope(int i) {
        Point point = points.get(i);
        Point next = points.get(i + 1);
        return (next.smoothed - point.smoothed)
                / (StrictMath.log(next.learningRate) - StrictMath.log(point.learningRate));
    }
}
