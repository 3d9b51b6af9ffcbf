package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.kind.Kinds;
import io.twostep.web.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of models that are stored. */
class LayerTest {

    private static final String SHAPE = """
            {"inputs":3,"units":3,"activation":"relu","weights":"ones","biases":"zeros\"""";

    @Test
    void isReadAsItWasStoredBeforeThereWereNoiseAndOperations() {
        assertThat(read(SHAPE + "}")).isEqualTo(layer(new Operation.Dense()));
        assertThat(read(SHAPE + ",\"normalization\":null,\"noises\":[]}")).isEqualTo(layer(new Operation.Dense()));
        assertThat(read(SHAPE + ",\"normalization\":{\"epsilon\":0.25},\"noises\":[]}"))
                .isEqualTo(layer(new Operation.LayerNormalization(0.25)));
    }

    static List<Operation> operations() {
        return List.of(
                new Operation.Dense(),
                new Operation.LayerNormalization(0.1),
                new BatchNormalization(0.1, 0.2),
                new Operation.Residual(2),
                new Operation.Identity());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isReadAsItIsWritten(Operation operation) {
        Layer layer = layer(operation);

        assertThat(read(Json.mapper().writeValueAsString(layer))).isEqualTo(layer);
    }

    @Test
    void coversEveryOperation() {
        assertThat(operations()).hasSameSizeAs(Kinds.of(Operation.class).values());
    }

    private static Layer read(String json) {
        return Json.mapper().readValue(json, Layer.class);
    }

    private static Layer layer(Operation operation) {
        return new Layer(
                3, 3, new Activation.Relu(), new Initializer.Ones(), new Initializer.Zeros(), operation, List.of());
    }
}
