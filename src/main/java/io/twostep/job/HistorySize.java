package io.twostep.job;

/**
 * How long a loss history is.
 *
 * @param withValidation how many of its rows have a validation loss
 * @param withMetric how many have the figure that the stopping rule watches
 */
public record HistorySize(long rows, long withValidation, long withMetric) {}
