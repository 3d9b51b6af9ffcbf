package io.twostep.training;

import org.jspecify.annotations.Nullable;

/**
 * What is reached on the same rows by whoever always says the mean of the training rows.
 *
 * @param mean of the training rows
 * @param r2 0 on the training rows and at most 0 on others; null where the actual numbers do not vary
 * @param rmse root of the mean squared error
 */
public record MeanBaseline(double mean, @Nullable Double r2, double rmse) {}
