package io.twostep.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.network.NetworkShape.LayerShape;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.nn.Task;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkShapeTest {

    private static final NetworkSpec DEEP = NetworkSpec.hidden(dense(16), dense(8));

    @Test
    void knowsTheLayersBetweenTheHiddenOnes() {
        NetworkShape shape = NetworkShape.of(DEEP);

        assertThat(shape.layers())
                .containsExactly(LayerShape.dense(null, 16), LayerShape.dense(16, 8), LayerShape.dense(8, null));
        assertThat(shape.knownParameters()).isEqualTo(16 * 8 + 8);
        assertThat(shape.parameters()).isNull();
    }

    @Test
    void countsAsTheNetworkItselfDoes() {
        long parameters = Network.of(DEEP, 7, new Task.Classes(3)).parameterCount();

        assertThat(NetworkShape.of(DEEP, 7, 3).parameters()).isEqualTo(parameters);
    }

    @Test
    void countsResidualBlocksAsTheNetworkItselfDoes() {
        LayerSpec normal = new LayerSpec.LayerNormalization(1e-5, new Activation.Relu());
        LayerSpec batch = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu());
        NetworkSpec spec = NetworkSpec.hidden(
                new LayerSpec.Residual(List.of(normal, dense(9), dense(7)), new Activation.Identity()),
                new LayerSpec.Residual(List.of(new Noise.Dropout(0.1), batch, dense(7)), new Activation.Relu()));
        NetworkShape shape = NetworkShape.of(spec, 7, 3);

        assertThat(shape.layers().stream().map(LayerShape::type))
                .containsExactly(
                        "layer_normalization",
                        "dense",
                        "dense",
                        "residual",
                        "batch_normalization",
                        "dense",
                        "residual",
                        "dense");
        assertThat(shape.parameters())
                .isEqualTo(Network.of(spec, 7, new Task.Classes(3)).parameterCount());
    }

    @Test
    void countsAPerceptron() {
        assertThat(NetworkShape.of(NetworkSpec.hidden(), 4, 1).parameters()).isEqualTo(5);
    }

    @Test
    void countsTheLargestThatCanBeSaid() {
        NetworkSpec largest =
                NetworkSpec.hidden(Collections.nCopies(100, dense(100_000)).toArray(LayerSpec[]::new));

        assertThat(NetworkShape.of(largest, Integer.MAX_VALUE, Integer.MAX_VALUE)
                        .parameters())
                .isEqualTo(100_000L * Integer.MAX_VALUE
                        + 100_000
                        + 99 * (100_000L * 100_000 + 100_000)
                        + 100_000L * Integer.MAX_VALUE
                        + Integer.MAX_VALUE);
    }

    private static LayerSpec dense(int units) {
        return LayerSpec.Dense.of(units, new Activation.Relu());
    }
}
