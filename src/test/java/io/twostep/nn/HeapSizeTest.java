package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapSizeTest {

    @Test
    void countsAllThatAModelKeeps() {
        LayerSpec normal = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu());
        LayerSpec row = new LayerSpec.LayerNormalization(1e-5, new Activation.Relu());
        LayerSpec dense = LayerSpec.Dense.of(300, new Activation.Identity());
        Network network = Network.of(
                NetworkSpec.hidden(
                        dense, normal, new LayerSpec.Residual(List.of(row, dense), new Activation.Identity())),
                500,
                new Task.Numbers(1));

        assertThat(HeapSize.ofParameters(network))
                .isEqualTo(Parameters.zeros(network).numbers().stream()
                        .mapToDouble(matrix -> HeapSize.ofFloats(matrix.getNumElements()))
                        .sum());
    }

    @Test
    void countsTheRowsOfWeightsThatAreLaidOut() {
        Network network =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(16, new Activation.Relu())), 10, new Task.Numbers(1));

        assertThat(HeapSize.ofInference(network, Arithmetic.portable().products()))
                .as("ten rows of sixteen weights, each with a header of 16 bytes and a place of 8")
                .isEqualTo(HeapSize.ofParameters(network) + 10 * (16 + 8));
    }
}
