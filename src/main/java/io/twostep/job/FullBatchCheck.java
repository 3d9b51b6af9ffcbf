package io.twostep.job;

import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.training.Lbfgs;
import java.util.List;
import java.util.function.BiConsumer;

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
        check(
                network.layers(),
                "/layers",
                (at, rule) -> findings.value(isDescribed ? "/network" + at : "/network", rule));
    }

    private static void check(List<LayerSpec> layers, String at, BiConsumer<String, String> broken) {
        for (int i = 0; i < layers.size(); i++) {
            String here = at + "/" + i;
            LayerSpec layer = layers.get(i);
            if (layer instanceof Noise) {
                broken.accept(here, Lbfgs.NO_NOISE);
            } else if (layer instanceof LayerSpec.BatchNormalization) {
                broken.accept(here, Lbfgs.NO_BATCHES);
            } else if (layer instanceof LayerSpec.Residual block) {
                check(block.layers(), here + "/layers", broken);
            }
        }
    }
}
