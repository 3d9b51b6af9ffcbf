package io.twostep.network.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.NetworkShape;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.OutputSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as it is shown.
 *
 * @param output what was said about the output layer; left out if nothing was
 * @param parameters number of weights and biases; null as long as the input or the output is not known
 */
record NetworkAnswer(
        String id,
        String name,
        List<LayerSpec> layers,
        @Nullable OutputSpec output,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long parameters,
        List<Shape> shapes) {

    /** One layer, hidden or output: W [inputs x units], or [1 x units] of a normalisation, and b [1 x units]. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shape(
            String type,
            @Nullable Integer inputs,
            @Nullable Integer units,
            @Nullable Long parameters) {}

    static NetworkAnswer of(NetworkDefinition network) {
        return of(network, NetworkShape.of(network.spec()));
    }

    static NetworkAnswer of(NetworkDefinition network, NetworkShape shape) {
        OutputSpec output = network.spec().output();
        return new NetworkAnswer(
                network.id(),
                network.name(),
                network.spec().layers(),
                output.equals(OutputSpec.FROM_TARGET) ? null : output,
                network.createdAt(),
                shape.parameters(),
                shape.layers().stream()
                        .map(layer -> new Shape(layer.type(), layer.inputs(), layer.units(), layer.parameters()))
                        .toList());
    }
}
