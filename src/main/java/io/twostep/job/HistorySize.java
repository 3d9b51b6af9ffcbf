package io.twostep.job;

/**
 * How long a loss history is.
 *
 * @param withValidation how many of its rows have a validation loss
 */
public record HistorySize(long rows, long withValidation) {}
