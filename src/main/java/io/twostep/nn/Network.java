package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spec whose input width and task are known: all shapes are fixed. Immutable; it holds no weights.
 *
 * @param layers hidden layers and the output layer, from input to output; a residual block is those within it and then one
 *     that adds
 * @param loss what training minimises
 * @param inputNoises what disturbs X while the network learns, one after the other
 */
public record Network(List<Layer> layers, Loss loss, List<Noise> inputNoises) {

    public Network {
        layers = List.copyOf(layers);
        inputNoises = List.copyOf(inputNoises);
    }

    /** As it is read, also from where it was stored before there was noise. */
    @JsonCreator
    static Network of(List<Layer> layers, Loss loss, @Nullable List<Noise> inputNoises) {
        return new Network(layers, loss, inputNoises == null ? List.of() : inputNoises);
    }

    /**
     * Fixes the shapes.
     *
     * @param inputs width of X
     * @param task what the target asks for
     * @throws InvalidValueException if the spec's output does not fit the task, or a residual block not the inputs; the
     *     pointer is into the spec
     */
    public static Network of(NetworkSpec spec, int inputs, Task task) {
        InvalidValueException.throwIfAny(spec.inputProblem(inputs, inputs));
        Chain chain = new Chain(inputs);
        chain.add(spec.layers());
        OutputSpec said = spec.output();
        OutputSpec.Output output = said.resolve(task);
        chain.add(new Layer(
                chain.width(),
                output.units(),
                output.activation(),
                said.weights() == null ? new Initializer.GlorotUniform() : said.weights(),
                said.biases() == null ? new Initializer.Zeros() : said.biases(),
                new Operation.Dense(),
                List.of()));
        return new Network(chain.layers(), output.loss(), chain.inputNoises());
    }

    /**
     * The output layer alone, fed with the inputs: a perceptron.
     *
     * @param inputs how many it has
     */
    public Network withoutHiddenLayers(int inputs) {
        Layer last = outputLayer();
        Layer only = new Layer(
                inputs,
                last.units(),
                last.activation(),
                last.weights(),
                last.biases(),
                new Operation.Dense(),
                List.of());
        return new Network(List.of(only), loss, List.of());
    }

    public int inputs() {
        return layers.get(0).inputs();
    }

    public int outputs() {
        return outputLayer().units();
    }

    public Layer outputLayer() {
        return layers.get(layers.size() - 1);
    }

    /** Whether what becomes of a row depends on the others of its batch, while the network learns. */
    public boolean needsWholeBatches() {
        return layers.stream().anyMatch(layer -> layer.operation().needsWholeBatch());
    }

    /** Number of weights and biases. */
    public long parameterCount() {
        return layers.stream().mapToLong(Layer::parameterCount).sum();
    }
}
