package io.twostep.training;

import java.util.List;

/**
 * What a class is told apart by at all thresholds of its probability, from the highest down, some points of it.
 *
 * @param label of the class
 * @param roc Receiver operating characteristic: from (0, 0) to (1, 1)
 * @param precisionRecall from the row with the highest probability on
 */
public record ClassCurves(String label, Roc roc, PrecisionRecall precisionRecall) {

    /**
     * Points of the curve, column by column; {@code thresholds} has none for the first one, (0, 0), which is above all.
     *
     * @param falsePositiveRate share of the other rows at or above the threshold
     * @param truePositiveRate share of the rows of the class at or above it
     */
    public record Roc(List<Double> falsePositiveRate, List<Double> truePositiveRate, List<Double> thresholds) {}

    /**
     * Points of the curve, column by column.
     *
     * @param recall share of the rows of the class at or above the threshold
     * @param precision share of the rows at or above it that are of the class
     */
    public record PrecisionRecall(List<Double> recall, List<Double> precision, List<Double> thresholds) {}
}
