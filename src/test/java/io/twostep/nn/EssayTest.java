package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The claims of the essay, one by one. */
class EssayTest {

    private static final Arithmetic ARITHMETIC = Arithmetic.portable();

    @Test
    void sumOfSquaredResidualsHasGradientMinusTwiceTheResidual() {
        // One identity layer whose input is 1: dLoss/db is dLoss/dA itself.
        Network network = Network.of(
                new NetworkSpec(List.of(), new OutputSpec(null, new Loss.SumOfSquaredResiduals())),
                1,
                new Task.Numbers(1));
        Parameters parameters = Parameters.zeros(network);
        parameters.matrices().get(1).data[0] = 0.25f;
        Gradients gradients = Gradients.of(network);
        double total = new Backpropagation(network, ARITHMETIC)
                .lossAndGradients(
                        parameters, column(1, 1, 1), column(1, 0.5f, -3), Workspace.forTraining(network, 3), gradients);
        float expected = -2 * (1 - 0.25f) + -2 * (0.5f - 0.25f) + -2 * (-3 - 0.25f);
        assertThat(gradients.layers().get(0).biases().data[0]).isEqualTo(expected);
        assertThat(gradients.layers().get(0).weights().data[0]).isEqualTo(expected);
        assertThat(total).isEqualTo(0.75 * 0.75 + 0.25 * 0.25 + 3.25 * 3.25);
    }

    @Test
    void reluIsASwitchThatIsOffAtZero() {
        FMatrixRMaj z = new FMatrixRMaj(1, 5, true, -2, -0f, 0, Float.MIN_VALUE, 3);
        FMatrixRMaj mask = new FMatrixRMaj(1, 5);
        new Activation.Relu().activate(ARITHMETIC.functions(), z, mask, null);
        assertThat(z.data).containsExactly(0, 0, 0, Float.MIN_VALUE, 3);
        assertThat(mask.data).containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void backwardPassUsesTheMaskOfTheForwardPass() {
        // Two hidden units, one on and one off: nothing flows back through the one that is off.
        Network network =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(2, new Activation.Relu())), 1, new Task.Numbers(1));
        Parameters parameters = Parameters.zeros(network);
        parameters.layers().get(0).weights().data[0] = 1;
        parameters.layers().get(0).weights().data[1] = -1;
        Arrays.fill(parameters.layers().get(1).weights().data, 1);
        Gradients gradients = Gradients.of(network);
        new Backpropagation(network, ARITHMETIC)
                .lossAndGradients(parameters, column(2), column(5), Workspace.forTraining(network, 1), gradients);
        float delta = -2 * (5 - 2);
        assertThat(gradients.layers().get(0).weights().data).containsExactly(delta * 2, 0);
        assertThat(gradients.layers().get(0).biases().data).containsExactly(delta, 0);
        assertThat(gradients.layers().get(1).weights().data).containsExactly(delta * 2, 0);
    }

    @Test
    void uniformWeightsAndBiasesHaveBothSigns() {
        Initializer uniform = new Initializer.Uniform(-1, 1);
        NetworkSpec spec = new NetworkSpec(
                List.of(new LayerSpec.Dense(64, new Activation.Relu(), uniform, uniform)), OutputSpec.FROM_TARGET);
        Parameters parameters = Parameters.initialize(Network.of(spec, 2, new Task.Classes(2)), 0);
        for (FMatrixRMaj matrix : parameters.matrices().subList(0, 2)) {
            assertThat(matrix.data).hasSizeGreaterThan(60);
            long positive = count(matrix, 1);
            long negative = count(matrix, -1);
            assertThat(positive).isBetween(matrix.data.length / 4L, matrix.data.length * 3L / 4);
            assertThat(positive + negative).isEqualTo(matrix.data.length);
        }
    }

    private static long count(FMatrixRMaj matrix, int sign) {
        long count = 0;
        for (float value : matrix.data) {
            count += Math.signum(value) == sign ? 1 : 0;
        }
        return count;
    }

    private static FMatrixRMaj column(float... values) {
        return new FMatrixRMaj(values.length, 1, true, values);
    }
}
