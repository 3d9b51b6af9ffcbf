package io.twostep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private static final LayerSpec NORMAL = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu());
    private static final LayerSpec BLOCK = new LayerSpec.Residual(List.of(NORMAL), new Activation.Identity());
    private final Network network = Network.of(NetworkSpec.hidden(BLOCK), 4, new Task.Numbers(1));
    private final Parameters parameters = Parameters.initialize(network, 1);

    @Test
    void haveNamesAndNothingThatIsEmpty() {
        assertThat(Weights.of(parameters).arrays().stream().map(Weights.Array::name))
                .containsExactly(
                        "layers.0.weights",
                        "layers.0.biases",
                        "layers.0.running_mean",
                        "layers.0.running_variance",
                        "layers.2.weights",
                        "layers.2.biases");
    }

    @Test
    void becomeTheParametersThatTheyWere() {
        float next = 1;
        for (FMatrixRMaj matrix : parameters.numbers()) {
            for (int i = 0; i < matrix.data.length; i++) {
                matrix.data[i] = next++;
            }
        }

        List<FMatrixRMaj> found = Weights.of(parameters).toParameters(network).numbers();

        assertThat(found).hasSize(8);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).data).isEqualTo(parameters.numbers().get(i).data);
        }
    }

    @Test
    void areNotThoseOfAnotherNetwork() {
        Network wider = Network.of(NetworkSpec.hidden(BLOCK), 5, new Task.Numbers(1));
        Network plain = Network.of(NetworkSpec.hidden(), 4, new Task.Numbers(1));

        assertThatThrownBy(() -> Weights.of(parameters).toParameters(wider)).hasMessageContaining("weights");
        assertThatThrownBy(() -> Weights.of(Parameters.initialize(plain, 1)).toParameters(network))
                .hasMessageContaining("of the layer");
    }
}
