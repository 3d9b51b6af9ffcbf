package io.twostep.training;

import org.jspecify.annotations.Nullable;

/**
 * How good answers are about one class.
 *
 * @param support rows that are of it
 * @param precision share of the rows predicted to be of it that are; 0 where there are none
 * @param recall share of the rows of it that are predicted to be; 0 where there are none
 * @param f1 harmonic mean of both; 0 where it neither is actual nor predicted
 * @param rocAuc of the class against the rest; null for the first of two classes, and where it is absent or alone
 * @param averagePrecision likewise
 */
public record ClassFigures(
        String label,
        int support,
        double precision,
        double recall,
        double f1,
        @Nullable Double rocAuc,
        @Nullable Double averagePrecision) {}
