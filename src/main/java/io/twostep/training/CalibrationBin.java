package io.twostep.training;

import org.jspecify.annotations.Nullable;

/**
 * Rows whose probability lies between two bounds, the lower one excluded but in the first bin.
 *
 * @param count how many
 * @param meanProbability null where there are none
 * @param observedShare of the rows in which it came true; null where there are none
 */
public record CalibrationBin(
        double from,
        double to,
        int count,
        @Nullable Double meanProbability,
        @Nullable Double observedShare) {}
