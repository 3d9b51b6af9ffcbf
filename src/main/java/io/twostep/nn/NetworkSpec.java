package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as a user describes it: the hidden layers, and as much of the output layer as they care to say.
 *
 * @param layers the hidden layers from input to output, with the noise between them; none makes a perceptron;
 *     at most 100, those within residual blocks counted
 * @param output the output layer; what it leaves open follows from the target
 */
public record NetworkSpec(List<LayerSpec> layers, OutputSpec output) {

    private static final Range DEPTH = Range.between(0, 100);

    public NetworkSpec {
        layers = List.copyOf(layers);
        InvalidValueException.throwIfAny(DEPTH.problem("layers", count(layers)));
        InvalidValueException.throwIfAny(Widths.of(layers).problems().toArray(Problem[]::new));
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

    /**
     * What is wrong if the network has so many inputs; null if nothing is for one of these numbers.
     *
     * @param least the fewest that it may have
     * @param most the most
     */
    public @Nullable Problem inputProblem(long least, long most) {
        Widths.Demand demand = Widths.of(layers).demand();
        if (demand == null || (demand.inputs() >= least && demand.inputs() <= most)) {
            return null;
        }
        return Widths.misfit(demand, least, most);
    }

    /** The width of X if the data makes at most so many inputs: what the layers ask for, or else as many. */
    public int inputs(long most) {
        Widths.Demand demand = Widths.of(layers).demand();
        return demand == null ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, most)) : demand.inputs();
    }

    private static int count(List<LayerSpec> layers) {
        return layers.stream()
                .mapToInt(layer -> layer instanceof LayerSpec.Residual block ? 1 + count(block.layers()) : 1)
                .sum();
    }

    /** Hidden layers only; the output follows from the target. */
    public static NetworkSpec hidden(LayerSpec... layers) {
        return new NetworkSpec(List.of(layers), OutputSpec.FROM_TARGET);
    }
}
