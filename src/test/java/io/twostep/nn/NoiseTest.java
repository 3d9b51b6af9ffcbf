package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.web.Json;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that disturb, in a network: the chain rule goes through them, and predictions do not. */
class NoiseTest {

    private static final int ROWS = 6;
    private static final int INPUTS = 3;
    private static final long KEY = 11;

    /** Great, since the loss of single precision has few digits; the third derivatives are small. */
    private static final float STEP = 0.02f;

    private static final Initializer START = new Initializer.Uniform(-0.5, 0.5);

    static List<NetworkSpec> specs() {
        LayerSpec dropout = new Noise.Dropout(0.4);
        LayerSpec noise = new Noise.Gaussian(0.3);
        return List.of(
                NetworkSpec.hidden(dense(new Activation.Tanh()), dropout),
                NetworkSpec.hidden(dense(new Activation.Identity()), dropout, dense(new Activation.Sigmoid()), noise),
                NetworkSpec.hidden(dense(new Activation.Tanh()), noise, dropout, dense(new Activation.Identity())),
                NetworkSpec.hidden(dense(new Activation.Tanh()), dropout, noise, dropout),
                NetworkSpec.hidden(
                        dense(new Activation.Tanh()),
                        noise,
                        new LayerSpec.Residual(
                                List.of(dropout, dense(new Activation.Sigmoid()), dropout), new Activation.Tanh()),
                        dropout,
                        new LayerSpec.Residual(
                                List.of(noise, dense(new Activation.Tanh())), new Activation.Identity())));
    }

    private static LayerSpec dense(Activation activation) {
        return new LayerSpec.Dense(5, activation, START, START);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void gradientsAreThoseOfTheDisturbedNetwork(NetworkSpec spec) {
        Network network = Network.of(spec, INPUTS, new Task.Numbers(1));
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        Parameters parameters = Parameters.initialize(network, 3);
        Gradients gradients = Gradients.of(network);
        lossAndGradients(backpropagation, parameters, gradients);

        Gradients scratch = Gradients.of(network);
        for (int m = 0; m < parameters.matrices().size(); m++) {
            float[] numbers = parameters.matrices().get(m).data;
            for (int i = 0; i < numbers.length; i++) {
                float here = numbers[i];
                numbers[i] = here + STEP;
                double above = lossAndGradients(backpropagation, parameters, scratch);
                numbers[i] = here - STEP;
                double below = lossAndGradients(backpropagation, parameters, scratch);
                numbers[i] = here;
                assertThat((double) gradients.matrices().get(m).data[i])
                        .as("matrix %d, number %d", m, i)
                        .isCloseTo((above - below) / (2 * STEP), within(5e-3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void predictionsAreNotDisturbed(NetworkSpec spec) {
        Network disturbed = Network.of(spec, INPUTS, new Task.Numbers(1));
        Network calm =
                new Network(disturbed.layers().stream().map(NoiseTest::calm).toList(), disturbed.loss(), List.of());
        Parameters parameters = Parameters.initialize(disturbed, 3);

        assertThat(answers(disturbed, parameters)).containsExactly(answers(calm, parameters));
    }

    private static Layer calm(Layer layer) {
        return new Layer(
                layer.inputs(),
                layer.units(),
                layer.activation(),
                layer.weights(),
                layer.biases(),
                layer.operation(),
                List.of());
    }

    private static float[] answers(Network network, Parameters parameters) {
        return new Backpropagation(network, Arithmetic.portable())
                .forward(parameters, x(), Workspace.forTraining(network, ROWS))
                .data
                .clone();
    }

    @Test
    void differsFromBatchToBatchAndFromPlaceToPlace() {
        long first = RandomStream.key(KEY, 0);
        long second = RandomStream.key(KEY, 1);

        assertThat(List.of(
                        Noise.key(first, 0, 0),
                        Noise.key(first, 0, 1),
                        Noise.key(first, 1, 0),
                        Noise.key(first, 1, 1),
                        Noise.key(second, 0, 0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void needNotBeInWhatWasStored() {
        Network network = Network.of(NetworkSpec.hidden(dense(new Activation.Relu())), INPUTS, new Task.Numbers(1));
        String stored = Json.mapper().writeValueAsString(network);
        String before = stored.replace(",\"noises\":[]", "").replace(",\"input_noises\":[]", "");

        assertThat(before).doesNotContain("noises");
        assertThat(Json.mapper().readValue(before, Network.class)).isEqualTo(network);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void isStoredWithTheNetwork(NetworkSpec spec) {
        Network network = Network.of(spec, INPUTS, new Task.Numbers(1));
        String stored = Json.mapper().writeValueAsString(network);

        assertThat(Json.mapper().readValue(stored, Network.class)).isEqualTo(network);
    }

    private static double lossAndGradients(
            Backpropagation backpropagation, Parameters parameters, Gradients gradients) {
        Workspace workspace = Workspace.forTraining(backpropagation.network(), ROWS);
        workspace.draw(KEY, 0);
        FMatrixRMaj y = new FMatrixRMaj(ROWS, 1, true, 1, -1, 0.5f, 2, 0, -0.5f);
        return backpropagation.loss(backpropagation.lossAndGradients(parameters, x(), y, workspace, gradients), ROWS);
    }

    private static FMatrixRMaj x() {
        RandomStream random = RandomStream.of(5, Purpose.SPLIT);
        FMatrixRMaj x = new FMatrixRMaj(ROWS, INPUTS);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
