package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spec whose input width and task are known: all shapes are fixed. Immutable; it holds no weights.
 *
 * @param layers hidden layers and the output layer, from input to output
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
     * @throws io.twostep.error.InvalidValueException if the spec's output does not fit the task
     */
    public static Network of(NetworkSpec spec, int inputs, Task task) {
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (LayerSpec described : spec.learning()) {
            Layer layer = layer(described, width, spec.noises(layers.size() + 1));
            layers.add(layer);
            width = layer.units();
        }
        OutputSpec said = spec.output();
        OutputSpec.Output output = said.resolve(task);
        layers.add(new Layer(
                width,
                output.units(),
                output.activation(),
                said.weights() == null ? new Initializer.GlorotUniform() : said.weights(),
                said.biases() == null ? new Initializer.Zeros() : said.biases(),
                null,
                List.of()));
        return new Network(layers, output.loss(), spec.noises(0));
    }

    private static Layer layer(LayerSpec spec, int inputs, List<Noise> noises) {
        if (spec instanceof LayerSpec.Dense dense) {
            return Layer.dense(inputs, dense, noises);
        }
        if (spec instanceof LayerSpec.LayerNormalization normalization) {
            return Layer.normalization(inputs, normalization, noises);
        }
        throw new IllegalArgumentException(spec + " learns nothing");
    }

    /** The output layer alone, fed with the inputs: a perceptron. */
    public Network withoutHiddenLayers() {
        Layer last = outputLayer();
        Layer only =
                new Layer(inputs(), last.units(), last.activation(), last.weights(), last.biases(), null, List.of());
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

    /** Number of weights and biases. */
    public long parameterCount() {
        return layers.stream().mapToLong(Layer::parameterCount).sum();
    }
}
