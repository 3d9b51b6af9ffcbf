package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What serves predictions answers as what was trained, whatever the layers. */
class InferenceOfLayersTest {

    private static final int ROWS = 7;

    @Test
    void answersAsTheNetworkThatLearned() {
        Initializer start = new Initializer.Uniform(-0.5, 0.5);
        Network network = Network.of(
                NetworkSpec.hidden(
                        new Noise.Gaussian(0.3),
                        new LayerSpec.LayerNormalization(1e-5, new Activation.Identity()),
                        new LayerSpec.Dense(6, new Activation.Tanh(), start, start),
                        new Noise.Dropout(0.5),
                        new LayerSpec.LayerNormalization(0.1, new Activation.Relu())),
                4,
                new Task.Classes(3));
        Parameters parameters = Parameters.initialize(network, 1);
        FMatrixRMaj x = new FMatrixRMaj(ROWS, 4);
        RandomStream random = RandomStream.of(2, Purpose.SPLIT);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = (float) random.nextGaussian();
        }

        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            FMatrixRMaj learned = new Backpropagation(network, arithmetic)
                    .forward(parameters, x, Workspace.forTraining(network, ROWS));
            FMatrixRMaj served =
                    new Inference(network, parameters, arithmetic).answer(x, Workspace.forPrediction(network, ROWS));
            assertThat(served.data).usingComparatorWithPrecision(1e-6f).containsExactly(learned.data);
        }
    }
}
