package io.twostep.model;

import io.twostep.nn.LayerTensors;
import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** What a network learned: its arrays, each with a name, in the order in which the network has them. */
public record Weights(List<Array> arrays) {

    /**
     * One array.
     *
     * @param name as in {@code layers.0.weights}
     * @param values {@code [rows x columns]}; shared, not copied
     */
    public record Array(String name, FMatrixRMaj values) {}

    public Weights {
        arrays = List.copyOf(arrays);
    }

    /** The weights and biases of every layer, sharing their numbers. */
    public static Weights of(Parameters parameters) {
        List<Array> arrays = new ArrayList<>();
        for (int i = 0; i < parameters.layers().size(); i++) {
            LayerTensors layer = parameters.layers().get(i);
            arrays.add(new Array("layers." + i + ".weights", layer.weights()));
            arrays.add(new Array("layers." + i + ".biases", layer.biases()));
        }
        return new Weights(arrays);
    }

    /** The weights and biases of every layer, sharing their numbers. */
    public Parameters toParameters() {
        List<LayerTensors> layers = new ArrayList<>();
        for (int i = 0; i + 1 < arrays.size(); i += 2) {
            layers.add(
                    new LayerTensors(arrays.get(i).values(), arrays.get(i + 1).values()));
        }
        return new Parameters(layers);
    }

    /**
     * The fingerprint of the training: the SHA-256, in hexadecimal, of all the numbers in order, row by row, each as
     * four bytes of IEEE 754, least significant first. Names and shapes are left out: they follow from the network.
     */
    public String sha256() {
        return WeightsFormat.sha256(this);
    }
}
