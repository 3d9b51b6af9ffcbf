package io.twostep.training;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often what was given a probability comes true, in {@value #BINS} bins of the probability that are equally wide. A
 * probability on a bound belongs to the bin below, as scikit-learn's {@code calibration_curve} has it.
 */
final class CalibrationTally {

    static final int BINS = 10;

    private static final double WIDTH = 1.0 / BINS;

    private final int[] counts = new int[BINS];
    private final int[] cameTrue = new int[BINS];
    private final double[] probabilities = new double[BINS];

    void add(double probability, boolean isTrue) {
        int bin = 0;
        while (bin < BINS - 1 && probability > (bin + 1) * WIDTH) {
            bin++;
        }
        counts[bin]++;
        cameTrue[bin] += isTrue ? 1 : 0;
        probabilities[bin] += probability;
    }

    List<CalibrationBin> bins() {
        return IntStream.range(0, BINS).mapToObj(this::bin).toList();
    }

    /** The mean distance between probability and observed share, each bin by its rows. */
    double error() {
        double sum = 0;
        long rows = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(probabilities[bin] - cameTrue[bin]);
            rows += counts[bin];
        }
        return sum / rows;
    }

    private CalibrationBin bin(int number) {
        int count = counts[number];
        return new CalibrationBin(
                (double) number / BINS,
                (double) (number + 1) / BINS,
                count,
                count == 0 ? null : probabilities[number] / count,
                count == 0 ? null : (double) cameTrue[number] / count);
    }
}
