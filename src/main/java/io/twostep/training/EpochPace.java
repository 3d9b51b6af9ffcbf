package io.twostep.training;

/**
 * How fast a training goes, as {@link EpochTrial} found it.
 *
 * @param rows learned from in each step that was tried
 * @param steps that were tried
 * @param secondsPerStep of the later half of them
 * @param secondsPerWatchedRow for the loss of a row that is not learned from
 * @param finite whether the loss of every step was a finite number
 */
public record EpochPace(int rows, int steps, double secondsPerStep, double secondsPerWatchedRow, boolean finite) {

    /**
     * How long an epoch takes.
     *
     * @param training rows that are learned from
     * @param watched rows whose loss is found after it
     */
    public double seconds(long training, long watched) {
        return secondsPerStep * training / rows + secondsPerWatchedRow * watched;
    }
}
