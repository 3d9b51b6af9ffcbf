package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Tile;
import io.twostep.nn.Activation;
import io.twostep.nn.Layer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Task;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {

    @Test
    void leavesASmallStepToOneThread() {
        assertThat(Partition.of(network(2, 8, 8), 32)).isEqualTo(new Partition(1, false, false));
    }

    @Test
    void cutsTheRowsWhereTheWeightsFitACache() {
        assertThat(Partition.of(network(30, 64, 32), 128)).isEqualTo(new Partition(2, false, true));
        assertThat(Partition.of(network(784, 256, 128), 128)).isEqualTo(new Partition(2, false, true));
        assertThat(Partition.of(network(784, 256, 128), 100_000)).isEqualTo(new Partition(16, false, true));
    }

    @Test
    void cutsTheProductsWhereTheWeightsDoNot() {
        assertThat(Partition.of(network(784, 2_048, 2_048), 256)).isEqualTo(new Partition(1, true, true));
    }

    @Test
    void cutsTheProductsWhereTheBatchMustStayWhole() {
        assertThat(Partition.of(normalized(30, 64), 1_000)).isEqualTo(new Partition(1, true, true));
        assertThat(Partition.of(normalized(2, 8), 32)).isEqualTo(new Partition(1, false, false));
    }

    private static Network normalized(int inputs, int units) {
        LayerSpec normal = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu());
        LayerSpec dense = LayerSpec.Dense.of(units, new Activation.Identity());
        return Network.of(NetworkSpec.hidden(dense, normal), inputs, new Task.Classes(10));
    }

    @Test
    void tilesHaveEveryRowOfTheWeightsOnceAndInOrder() {
        for (int inputs : new int[] {1, 15, 16, 17, 30, 784, 2_048}) {
            Layer layer = network(inputs, 64).layers().get(0);
            for (int batchSize : new int[] {1, 32, 4_096}) {
                List<Tile> tiles = Partition.rows(layer, batchSize);
                assertThat(tiles).hasSizeBetween(1, 8);
                assertThat(tiles.stream().flatMapToInt(tile -> IntStream.range(tile.row(), tile.row() + tile.rows())))
                        .containsExactlyElementsOf(
                                IntStream.range(0, inputs).boxed().toList());
                assertThat(tiles).allSatisfy(tile -> assertThat(tile.columns()).isEqualTo(64));
            }
        }
    }

    private static Network network(int inputs, int... hidden) {
        LayerSpec[] layers = IntStream.of(hidden)
                .mapToObj(units -> LayerSpec.Dense.of(units, new Activation.Relu()))
                .toArray(LayerSpec[]::new);
        return Network.of(NetworkSpec.hidden(layers), inputs, new Task.Classes(10));
    }
}
