package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Activation;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Gradients;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.LayerTensors;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import io.twostep.nn.Workspace;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * A published example digit by digit: Matt Mazur, "A Step by Step Backpropagation Example", 2015. Two inputs, two
 * hidden and two output units, all sigmoid, biases held, alpha 0.5. The figures were computed again in double; the
 * article prints 0.291027924 after one step and 0.0000351085 after 10,000, its own rounding.
 */
class WorkedExampleTest {

    /** Half the spacing of single-precision numbers between 0.5 and 1: as near as outputs of 0.75 can be told. */
    private static final double SINGLE = 0x1.0p-25;

    private final Network network = Network.of(
            new NetworkSpec(
                    List.of(LayerSpec.Dense.of(2, new Activation.Sigmoid())),
                    new OutputSpec(new Activation.Sigmoid(), new Loss.MeanSquaredError())),
            2,
            new Task.Numbers(2));
    private final Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
    private final Workspace workspace = Workspace.forTraining(network, 1);
    private final Gradients gradients = Gradients.of(network);
    private final FirstOrder optimizer = new Sgd(0.5);

    private final FMatrixRMaj x = new FMatrixRMaj(1, 2, true, 0.05f, 0.10f);
    private final FMatrixRMaj y = new FMatrixRMaj(1, 2, true, 0.01f, 0.99f);
    // W holds in column j the weights into unit j: w1, w2 lead into h1; w3, w4 into h2; w5, w6 into o1; w7, w8 into o2.
    private final Parameters parameters =
            new Parameters(List.of(layer(0.35f, 0.15f, 0.25f, 0.20f, 0.30f), layer(0.60f, 0.40f, 0.50f, 0.45f, 0.55f)));
    private final OptimizerState state = optimizer.init(parameters);

    @Test
    void stepsAsPublished() {
        assertThat(step()).isCloseTo(0.298371109, offset(SINGLE));
        assertThat((double) parameters.layers().get(1).weights().get(0, 0)).isCloseTo(0.35891648, offset(SINGLE));
        assertThat((double) parameters.layers().get(0).weights().get(0, 0)).isCloseTo(0.149780716, offset(SINGLE));
        assertThat(step()).isCloseTo(0.291027774, offset(SINGLE));
    }

    @Test
    void learnsAsPublished() {
        for (int i = 0; i < 10_000; i++) {
            step();
        }
        assertThat(step()).isCloseTo(0.0000351019, offset(5e-10));
    }

    /** The loss before the step. */
    private double step() {
        double total = backpropagation.lossAndGradients(parameters, x, y, workspace, gradients);
        gradients.layers().forEach(layer -> Arrays.fill(layer.biases().data, 0));
        optimizer.step(parameters, gradients, state);
        return backpropagation.loss(total, 1);
    }

    private static LayerTensors layer(float bias, float... weights) {
        return new LayerTensors(new FMatrixRMaj(2, 2, true, weights), new FMatrixRMaj(1, 2, true, bias, bias));
    }
}
