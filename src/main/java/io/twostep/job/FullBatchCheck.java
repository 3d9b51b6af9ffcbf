package io.twostep.job;

import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.training.Lbfgs;
import java.util.List;

/** Whether a request suits an optimiser that learns from all rows at once and must find the same loss each time. */
final class FullBatchCheck {

    private FullBatchCheck() {}

    /**
     * Notes what stands against it.
     *
     * @param rows of the dataset to learn from; how many of them are left for training, their values tell
     */
    static void check(TrainingRequest request, NetworkSpec network, long rows, Findings findings) {
        if (!(request.optimizer() instanceof Lbfgs)) {
            return;
        }
        Integer batchSize = request.batchSize();
        if (batchSize != null && batchSize < Math.min(rows, Integer.MAX_VALUE)) {
            findings.value(
                    "/batch_size",
                    "must be left out for lbfgs, which takes all training rows at once, or be >= the %d rows of the dataset, but was %d"
                            .formatted(rows, batchSize));
        }
        boolean isDescribed = request.network() != null && request.network().spec() != null;
        List<LayerSpec> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Noise) {
                findings.value(isDescribed ? "/network/layers/" + i : "/network", Lbfgs.NO_NOISE);
            }
        }
    }
}
