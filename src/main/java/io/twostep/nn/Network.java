package io.twostep.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A spec whose input width and task are known: all shapes are fixed. Immutable; it holds no weights.
 *
 * @param layers hidden layers and the output layer, from input to output
 * @param loss what training minimises
 */
public record Network(List<Layer> layers, Loss loss) {

    public Network {
        layers = List.copyOf(layers);
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
        for (LayerSpec layer : spec.layers()) {
            LayerSpec.Dense dense = (LayerSpec.Dense) layer;
            layers.add(new Layer(width, dense.units(), dense.activation(), dense.weights(), dense.biases()));
            width = dense.units();
        }
        OutputSpec said = spec.output();
        OutputSpec.Output output = said.resolve(task);
        layers.add(new Layer(
                width,
                output.units(),
                output.activation(),
                said.weights() == null ? new Initializer.GlorotUniform() : said.weights(),
                said.biases() == null ? new Initializer.Zeros() : said.biases()));
        return new Network(layers, output.loss());
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
