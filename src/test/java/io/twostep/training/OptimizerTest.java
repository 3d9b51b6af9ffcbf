package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.error.InvalidValueException;
import io.twostep.nn.Gradients;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimiser meets the same two hills, and its first steps are held against its formula. */
class OptimizerTest {

    /** One weight and one bias: two numbers to move. */
    private final Network network = Network.of(NetworkSpec.hidden(), 1, new Task.Numbers(1));

    private final Parameters parameters = Parameters.zeros(network);
    private final Gradients gradients = Gradients.of(network);

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Optimizer.Sgd(0.001),
                new Optimizer.Momentum(0.0005, 0.9, false),
                new Optimizer.Momentum(0.0005, 0.9, true),
                Optimizer.Adam.of(0.01));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void findsTheBottomOfAParabola(Optimizer optimizer) {
        OptimizerState state = optimizer.init(parameters);
        set(3, -4);
        for (int i = 0; i < 8_000; i++) {
            slope(2 * (x() - 1), 4 * (y() - 2));
            optimizer.step(parameters, gradients, state);
        }
        assertThat(x()).isCloseTo(1, offset(1e-2f));
        assertThat(y()).isCloseTo(2, offset(1e-2f));
        assertThat(state.steps()).isEqualTo(8_000);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void followsRosenbrocksValley(Optimizer optimizer) {
        OptimizerState state = optimizer.init(parameters);
        set(-1, 1.5f);
        for (int i = 0; i < 40_000; i++) {
            float bend = y() - x() * x();
            slope(-2 * (1 - x()) - 400 * x() * bend, 200 * bend);
            optimizer.step(parameters, gradients, state);
        }
        assertThat(x()).isCloseTo(1, offset(2e-2f));
        assertThat(y()).isCloseTo(1, offset(4e-2f));
    }

    @Test
    void sgdTakesThePlainStep() {
        set(1, 1);
        slope(0.5f, -2);
        Optimizer optimizer = new Optimizer.Sgd(0.25);
        optimizer.step(parameters, gradients, optimizer.init(parameters));
        assertThat(x()).isEqualTo(1 - 0.25f * 0.5f);
        assertThat(y()).isEqualTo(1 + 0.25f * 2);
    }

    @Test
    void momentumRollsOnAndNesterovLooksAhead() {
        Optimizer rolling = new Optimizer.Momentum(0.1, 0.5, false);
        OptimizerState state = rolling.init(parameters);
        slope(1, 0);
        rolling.step(parameters, gradients, state);
        rolling.step(parameters, gradients, state);
        assertThat(x()).isCloseTo(-0.1f * (1 + 1.5f), offset(1e-7f));
        set(0, 0);
        Optimizer nesterov = new Optimizer.Momentum(0.1, 0.5, true);
        nesterov.step(parameters, gradients, nesterov.init(parameters));
        assertThat(x()).isCloseTo(-0.1f * (1 + 0.5f), offset(1e-7f));
    }

    @Test
    void adamMatchesItsFormulaInDouble() {
        Optimizer.Adam adam = Optimizer.Adam.of(0.01);
        OptimizerState state = adam.init(parameters);
        double w = 0;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 20; t++) {
            double g = Math.sin(t);
            slope((float) g, 0);
            adam.step(parameters, gradients, state);
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            w -= 0.01 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
            assertThat((double) x()).isCloseTo(w, offset(1e-7));
        }
    }

    @Test
    void namesTheHyperParameterThatBreaksItsBound() {
        assertThatThrownBy(() -> new Optimizer.Adam(-1, 1, 0.999, 1e-8))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("/learning_rate must be > 0 and <= 1000000 but was -1")
                .hasMessageContaining("/beta1 must be > 0 and < 1 but was 1");
    }

    private float x() {
        return parameters.matrices().get(0).data[0];
    }

    private float y() {
        return parameters.matrices().get(1).data[0];
    }

    private void set(float x, float y) {
        parameters.matrices().get(0).data[0] = x;
        parameters.matrices().get(1).data[0] = y;
    }

    private void slope(float x, float y) {
        gradients.matrices().get(0).data[0] = x;
        gradients.matrices().get(1).data[0] = y;
    }
}
