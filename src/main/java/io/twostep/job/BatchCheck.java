package io.twostep.job;

import io.twostep.network.NetworkShape;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.training.Lbfgs;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Whether the rows of a step find room, and whether they are all of them where the optimiser wants all.
 *
 * @param limit the most of the heap that the buffers of a batch may take
 * @param rows of the dataset to learn from; how many of them are left for training, their values tell
 */
record BatchCheck(DataSize limit, long rows, Findings findings) {

    /** Notes what stands against it. */
    void check(TrainingRequest request, Course course, NetworkSpec network, NetworkShape shape) {
        if (course.optimizer() instanceof Lbfgs) {
            checkFullBatch(request, network);
        }
        checkIsMany(request.batchSize(), shape);
        checkRoom(course, shape);
    }

    /** All rows at once, and the same loss each time. */
    private void checkFullBatch(TrainingRequest request, NetworkSpec network) {
        Integer batchSize = request.batchSize();
        if (batchSize != null && batchSize < Math.min(rows, Integer.MAX_VALUE)) {
            findings.value(
                    "/batch_size",
                    "must be left out for lbfgs, which takes all training rows at once, or be >= the %d rows of the"
                                    .formatted(rows)
                            + " dataset, but was " + batchSize);
        }
        boolean isDescribed = request.network() != null && request.network().spec() != null;
        checkLayers(
                network.layers(),
                "/layers",
                (at, rule) -> findings.value(isDescribed ? "/network" + at : "/network", rule));
    }

    private static void checkLayers(List<LayerSpec> layers, String at, BiConsumer<String, String> broken) {
        for (int i = 0; i < layers.size(); i++) {
            String here = at + "/" + i;
            LayerSpec layer = layers.get(i);
            if (layer instanceof Noise) {
                broken.accept(here, Lbfgs.NO_NOISE);
            } else if (layer instanceof LayerSpec.BatchNormalization) {
                broken.accept(here, Lbfgs.NO_BATCHES);
            } else if (layer instanceof LayerSpec.Residual block) {
                checkLayers(block.layers(), here + "/layers", broken);
            }
        }
    }

    /** A single row has no variance. */
    private void checkIsMany(@Nullable Integer batchSize, NetworkShape shape) {
        if (batchSize != null && batchSize == 1 && shape.normalizesBatches()) {
            findings.value(
                    "/batch_size",
                    "must be >= 2 for a network with batch_normalization, but was 1: a row has no variance");
        }
    }

    /** Two sets of inputs and outputs, and what each layer keeps of a row. */
    private void checkRoom(Course course, NetworkShape shape) {
        List<NetworkShape.LayerShape> layers = shape.layers();
        long inputs = orOne(layers.get(0).inputs());
        long width = 2 * (inputs + orOne(layers.get(layers.size() - 1).units()));
        long made = inputs;
        for (NetworkShape.LayerShape layer : layers) {
            width += layer.numbersPerRow();
            made += orOne(layer.units());
        }
        long most = limit.toBytes() / Float.BYTES / width;
        boolean whole = course.optimizer() instanceof Lbfgs;
        long together = whole ? Lbfgs.rowsTogether(made) : course.batchSize();
        if (Math.min(together, rows) <= most) {
            return;
        }
        String network = "this network, whose buffers may take %d MB of the heap".formatted(limit.toMegabytes());
        if (whole) {
            findings.value(
                    "/optimizer", "must not be lbfgs for %s: it takes %d rows at a time".formatted(network, together));
        } else {
            findings.value(
                    "/batch_size",
                    "must be <= %d for %s, but was %d".formatted(Math.max(1, most), network, course.batchSize()));
        }
    }

    private static long orOne(@Nullable Integer size) {
        return size == null ? 1 : size;
    }
}
