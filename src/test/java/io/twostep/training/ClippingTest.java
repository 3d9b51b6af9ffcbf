package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClippingTest {

    private static final Network NETWORK =
            Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(3, new Activation.Tanh())), 2, new Task.Numbers(1));

    @Test
    void boundsEachNumber() {
        float[] gradient = {3, -3, 0.5f, -9};
        new Clipping.Value(1).clip(gradient, 0, 3, 0);
        assertThat(gradient).containsExactly(1, -1, 0.5f, -9);
    }

    @Test
    void keepsDirections() {
        float[] gradient = {3, -4};
        new Clipping.Norm(1).clip(gradient, 0, 2, 5);
        assertThat(gradient).containsExactly(0.6f, -0.8f);
        new Clipping.Norm(1).clip(gradient, 0, 2, 1);
        assertThat(gradient).containsExactly(0.6f, -0.8f);
    }

    /** Of everything at once, weights and biases of all layers, and the price on weights counts. */
    @Test
    void boundsTheWholeGradientOfAStep() {
        double free = firstNorm(null, 0);
        assertThat(free).isGreaterThan(1);
        assertThat(firstNorm(new Clipping.Norm(0.5), 0)).isCloseTo(0.5, offset(1e-6));
        assertThat(firstNorm(new Clipping.Norm(2 * free), 0)).isEqualTo(free);
        assertThat(firstNorm(new Clipping.Norm(0.5), 100)).isCloseTo(0.5, offset(1e-6));
        assertThat(firstNorm(new Clipping.Value(0.01), 0)).isBetween(0.01, 0.01 * Math.sqrt(13));
    }

    private static double firstNorm(@Nullable Clipping clipping, double l2) {
        TrainingSpec spec = new TrainingSpec(
                new Sgd(0.01),
                new LearningRateSchedule.Constant(),
                clipping,
                1,
                8,
                new Regularizer(0, l2),
                StoppingRule.NONE,
                7);
        List<EpochReport> reports = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                reports.add(report);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        Examples far = Examples.of(new FMatrixRMaj(2, 2, true, 1, 2, -1, 0.5f), new FMatrixRMaj(2, 1, true, 10, -10));
        new Trainer(
                        NETWORK,
                        Arithmetic.portable(),
                        spec,
                        far,
                        Examples.of(new FMatrixRMaj(0, 2), new FMatrixRMaj(0, 1)),
                        listener,
                        System::nanoTime,
                        new Cores(1))
                .train();
        return reports.get(0).gradientNorm();
    }
}
