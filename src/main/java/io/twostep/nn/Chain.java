package io.twostep.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a spec one after the other: of a residual block those within, then the one that adds. Noise belongs to the
 * layer before it.
 */
final class Chain {

    private final List<Layer> layers = new ArrayList<>();
    private final List<Noise> inputNoises = new ArrayList<>();
    private int width;

    /** @param inputs width of X */
    Chain(int inputs) {
        this.width = inputs;
    }

    List<Layer> layers() {
        return layers;
    }

    List<Noise> inputNoises() {
        return inputNoises;
    }

    /** Units of the last layer. */
    int width() {
        return width;
    }

    void add(Layer layer) {
        layers.add(layer);
        width = layer.units();
    }

    void add(List<LayerSpec> specs) {
        specs.forEach(this::add);
    }

    private void add(LayerSpec spec) {
        if (spec instanceof Noise noise) {
            disturb(noise);
        } else if (spec instanceof LayerSpec.Dense dense) {
            add(Layer.dense(width, dense));
        } else if (spec instanceof LayerSpec.LayerNormalization normalization) {
            add(Layer.normalization(width, normalization));
        } else if (spec instanceof LayerSpec.BatchNormalization normalization) {
            add(Layer.normalization(width, normalization));
        } else if (spec instanceof LayerSpec.Residual block) {
            add(block);
        } else {
            throw new IllegalArgumentException("no layer is known for " + spec);
        }
    }

    private void add(LayerSpec.Residual block) {
        int from = layers.size();
        if (block.layers().get(0) instanceof Noise) {
            add(Layer.identity(width)); // else the noise would disturb what is added, too
        }
        add(block.layers());
        add(Layer.residual(width, block, from));
    }

    private void disturb(Noise noise) {
        if (layers.isEmpty()) {
            inputNoises.add(noise);
        } else {
            int last = layers.size() - 1;
            layers.set(last, layers.get(last).with(noise));
        }
    }
}
