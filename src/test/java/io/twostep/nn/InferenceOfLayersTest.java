package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What serves predictions answers as what was trained, whatever the layers. */
class InferenceOfLayersTest {

    private static final int ROWS = 7;
    private static final int INPUTS = 4;

    static List<NetworkSpec> specs() {
        Initializer start = new Initializer.Uniform(-0.5, 0.5);
        LayerSpec tanh = new LayerSpec.Dense(6, new Activation.Tanh(), start, start);
        LayerSpec linear = new LayerSpec.Dense(INPUTS, new Activation.Identity(), start, start);
        LayerSpec normal = new LayerSpec.LayerNormalization(1e-5, new Activation.Identity());
        LayerSpec batch = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Sigmoid());
        Noise noise = new Noise.Gaussian(0.3);
        Noise dropout = new Noise.Dropout(0.5);
        return List.of(
                NetworkSpec.hidden(
                        noise, normal, tanh, dropout, new LayerSpec.LayerNormalization(0.1, new Activation.Relu())),
                NetworkSpec.hidden(
                        noise,
                        new LayerSpec.Residual(List.of(dropout, tanh, linear, noise), new Activation.Relu()),
                        tanh,
                        new LayerSpec.Residual(List.of(normal, tanh), new Activation.Identity()),
                        dropout),
                NetworkSpec.hidden(
                        batch,
                        tanh,
                        new LayerSpec.Residual(List.of(batch, tanh, dropout, batch), new Activation.Relu())));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void answersAsTheNetworkThatLearned(NetworkSpec spec) {
        Network network = Network.of(spec, INPUTS, new Task.Classes(3));
        Parameters parameters = parameters(network);
        FMatrixRMaj x = x();

        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            FMatrixRMaj learned = new Backpropagation(network, arithmetic)
                    .forward(parameters, x, Workspace.forTraining(network, ROWS));
            FMatrixRMaj served =
                    new Inference(network, parameters, arithmetic).answer(x, Workspace.forPrediction(network, ROWS));
            assertThat(served.data).usingComparatorWithPrecision(1e-6f).containsExactly(learned.data);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void answersARowAloneAsAmongOthers(NetworkSpec spec) {
        Network network = Network.of(spec, INPUTS, new Task.Classes(3));
        FMatrixRMaj x = x();
        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            Inference inference = new Inference(network, parameters(network), arithmetic);
            FMatrixRMaj together = inference.answer(x, Workspace.forPrediction(network, ROWS));
            for (int row = 0; row < ROWS; row++) {
                FMatrixRMaj alone = new FMatrixRMaj(1, INPUTS);
                Kernels.copyRows(x, row, alone);
                assertThat(inference.answer(alone, Workspace.forPrediction(network, 1)).data)
                        .containsExactly(Arrays.copyOfRange(together.data, 3 * row, 3 * row + 3));
            }
        }
    }

    /** As after a step. */
    private static Parameters parameters(Network network) {
        Parameters parameters = Parameters.initialize(network, 1);
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        Workspace workspace = Workspace.forTraining(network, ROWS);
        FMatrixRMaj y = new FMatrixRMaj(ROWS, network.outputs());
        backpropagation.propagate(parameters, x(), y, null, ROWS, workspace);
        for (int layer = 0; layer < network.layers().size(); layer++) {
            backpropagation.moveStatistics(layer, parameters, workspace, ROWS);
        }
        return parameters;
    }

    private static FMatrixRMaj x() {
        FMatrixRMaj x = new FMatrixRMaj(ROWS, INPUTS);
        RandomStream random = RandomStream.of(2, Purpose.SPLIT);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
