package io.twostep.network;

import io.twostep.kind.Kinds;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The widths of a spec's layers, as far as they are known: the hidden ones from the spec, the input and the output from
 * the data.
 *
 * @param layers hidden layers, those of a residual block before the one that adds, and the output layer
 */
public record NetworkShape(List<LayerShape> layers) {

    private static final String BATCH_NORMALIZATION = Kinds.nameOf(LayerSpec.BatchNormalization.class);

    public NetworkShape {
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param type name of its kind
     * @param inputs null as long as the data is not known
     * @param units null for an output layer as long as the target is not known
     * @param parameters weights and biases; null unless both widths are known
     */
    public record LayerShape(
            String type,
            @Nullable Integer inputs,
            @Nullable Integer units,
            @Nullable Long parameters) {

        private static final String DENSE = Kinds.nameOf(LayerSpec.Dense.class);
        private static final String RESIDUAL = Kinds.nameOf(LayerSpec.Residual.class);

        /** W [inputs x units] and b [1 x units]. */
        static LayerShape dense(@Nullable Integer inputs, @Nullable Integer units) {
            Long parameters = inputs == null || units == null
                    ? null
                    : Math.addExact(Math.multiplyExact((long) inputs, (long) units), (long) units);
            return new LayerShape(DENSE, inputs, units, parameters);
        }

        /** A gain and a bias for each unit. */
        static LayerShape normalization(LayerSpec spec, @Nullable Integer units) {
            return new LayerShape(Kinds.nameOf(spec.getClass()), units, units, units == null ? null : 2L * units);
        }

        /** The end of a block, which adds what the block took. */
        static LayerShape residual(@Nullable Integer units) {
            return new LayerShape(RESIDUAL, units, units, 0L);
        }

        /**
         * The most numbers that a training keeps of each row: activations, slopes and deltas, what a normalisation made, and a
         * copy of what a block took.
         */
        public long numbersPerRow() {
            long width = units == null ? 1 : units;
            if (type.equals(RESIDUAL)) {
                return 6 * width;
            }
            return type.equals(DENSE) ? 3 * width : 4 * width + 2;
        }
    }

    /** The shape of a spec whose input and target are not known. */
    public static NetworkShape of(NetworkSpec spec) {
        return of(spec, null, null);
    }

    /**
     * The shape of a spec between an input and an output.
     *
     * @param inputs width of X, if known
     * @param outputs units of the output layer, if known
     */
    public static NetworkShape of(NetworkSpec spec, @Nullable Integer inputs, @Nullable Integer outputs) {
        List<LayerShape> layers = new ArrayList<>();
        Integer width = add(spec.layers(), inputs, layers);
        layers.add(LayerShape.dense(width, outputs));
        return new NetworkShape(layers);
    }

    /**
     * Adds shapes to those that are known.
     *
     * @return units of the last one
     */
    private static @Nullable Integer add(List<LayerSpec> specs, @Nullable Integer inputs, List<LayerShape> layers) {
        Integer width = inputs;
        for (LayerSpec spec : specs) {
            if (spec instanceof LayerSpec.Dense dense) {
                layers.add(LayerShape.dense(width, dense.units()));
                width = dense.units();
            } else if (spec instanceof LayerSpec.Residual block) {
                width = add(block.layers(), width, layers);
                layers.add(LayerShape.residual(width));
            } else if (!(spec instanceof Noise)) {
                layers.add(LayerShape.normalization(spec, width));
            }
        }
        return width;
    }

    /** Whether a layer asks for whole batches. */
    public boolean normalizesBatches() {
        return layers.stream().anyMatch(layer -> layer.type().equals(BATCH_NORMALIZATION));
    }

    /** Number of weights and biases; null unless all widths are known. */
    public @Nullable Long parameters() {
        boolean known = layers.stream().allMatch(layer -> layer.parameters() != null);
        return known ? knownParameters() : null;
    }

    /** Number of weights and biases of the layers whose widths are known. */
    public long knownParameters() {
        long sum = 0;
        for (LayerShape layer : layers) {
            Long parameters = layer.parameters();
            sum = Math.addExact(sum, parameters == null ? 0 : parameters);
        }
        return sum;
    }
}
