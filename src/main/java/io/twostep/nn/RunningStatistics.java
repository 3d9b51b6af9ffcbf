package io.twostep.nn;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * What a {@link BatchNormalization} has seen of the batches so far: no optimiser moves it, every step does. Before the first
 * one the mean is 0 and the variance 1.
 *
 * @param mean of each unit [1 x units]
 * @param variance of each unit, unbiased [1 x units]
 */
public record RunningStatistics(FMatrixRMaj mean, FMatrixRMaj variance) {

    static RunningStatistics beforeFirstStep(int units) {
        FMatrixRMaj variance = new FMatrixRMaj(1, units);
        Arrays.fill(variance.data, 1);
        return new RunningStatistics(new FMatrixRMaj(1, units), variance);
    }

    RunningStatistics copy() {
        return new RunningStatistics(mean.copy(), variance.copy());
    }
}
