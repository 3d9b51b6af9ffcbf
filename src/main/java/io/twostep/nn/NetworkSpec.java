package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as a user describes it: the hidden layers, and as much of the output layer as they care to say.
 *
 * @param layers the hidden layers from input to output, with the noise between them; none makes a perceptron
 * @param output the output layer; what it leaves open follows from the target
 */
public record NetworkSpec(List<LayerSpec> layers, OutputSpec output) {

    private static final Range DEPTH = Range.between(0, 100);

    public NetworkSpec {
        layers = List.copyOf(layers);
        InvalidValueException.throwIfAny(DEPTH.problem("layers", layers.size()));
    }

    @JsonCreator
    static NetworkSpec of(@Nullable List<@Nullable LayerSpec> layers, @Nullable OutputSpec output) {
        if (layers == null) {
            throw new InvalidValueException("layers", "is required: the hidden layers, [] for a perceptron");
        }
        if (layers.contains(null)) {
            throw new InvalidValueException("layers/" + layers.indexOf(null), "must be a layer but was null");
        }
        return new NetworkSpec(List.copyOf(layers), output == null ? OutputSpec.FROM_TARGET : output);
    }

    /** The layers that learn something, from input to output: all but the noise. */
    public List<LayerSpec> learning() {
        return layers.stream().filter(layer -> !(layer instanceof Noise)).toList();
    }

    /**
     * What stands behind a layer and disturbs its outputs while the network learns.
     *
     * @param layer the number of {@link #learning()} layers before it: 0 for what disturbs the inputs
     */
    List<Noise> noises(int layer) {
        List<Noise> found = new ArrayList<>();
        int before = 0;
        for (LayerSpec spec : layers) {
            if (!(spec instanceof Noise noise)) {
                before++;
            } else if (before == layer) {
                found.add(noise);
            }
        }
        return found;
    }

    /** Hidden layers only; the output follows from the target. */
    public static NetworkSpec hidden(LayerSpec... layers) {
        return new NetworkSpec(List.of(layers), OutputSpec.FROM_TARGET);
    }
}
