package io.twostep.model;

import io.twostep.nn.LayerTensors;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** The numbers of every layer that has any, shared. */
    public static Weights of(Parameters parameters) {
        List<Array> arrays = new ArrayList<>();
        for (int i = 0; i < parameters.layers().size(); i++) {
            int layer = i;
            parameters.layers().get(i).byName().forEach((name, values) -> {
                if (values.getNumElements() > 0) {
                    arrays.add(new Array(name(layer, name), values));
                }
            });
        }
        return new Weights(arrays);
    }

    /**
     * The numbers of every layer, shared.
     *
     * @param network that learned them
     * @throws IllegalStateException if they are not those of such a network
     */
    public Parameters toParameters(Network network) {
        Map<String, FMatrixRMaj> values = arrays.stream().collect(Collectors.toMap(Array::name, Array::values));
        List<LayerTensors> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            int layer = i;
            layers.add(LayerTensors.of(network.layers().get(i), name -> values.get(name(layer, name))));
        }
        return new Parameters(layers);
    }

    private static String name(int layer, String tensor) {
        return "layers." + layer + "." + tensor;
    }

    /**
     * The fingerprint of the training: the SHA-256, in hexadecimal, of all the numbers in order, row by row, each as
     * four bytes of IEEE 754, least significant first. Names and shapes are left out: they follow from the network.
     */
    public String sha256() {
        return WeightsFormat.sha256(this);
    }
}
