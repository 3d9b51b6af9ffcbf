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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimiser that makes its steps of the gradient alone meets the same two hills, and its first steps are held against
 * its formula. {@link LbfgsTest} has the other one, on the same hills.
 */
class OptimizerTest {

    /** One weight and one bias: two numbers to move. */
    private final Network network = Network.of(NetworkSpec.hidden(), 1, new Task.Numbers(1));

    private final Parameters parameters = Parameters.zeros(network);
    private final Gradients gradients = Gradients.of(network);

    static Stream<FirstOrder> optimizers() {
        return Stream.of(
                new Sgd(0.001),
                new Momentum(0.0005, 0.9, false),
                new Momentum(0.0005, 0.9, true),
                new RmsProp(0.001, 0.9, 1e-8, 0, false),
                new RmsProp(0.0002, 0.9, 1e-8, 0.9, true),
                new Adagrad(0.5, 0, 1e-10),
                new Adadelta(0.03, 0.9, 1e-6),
                Adam.of(0.01),
                new Adam(0.01, 0.9, 0.999, 1e-8, true),
                new AdamW(0.01, 0.9, 0.999, 1e-8, 1e-4, false),
                new AdamW(0.01, 0.9, 0.999, 1e-8, 1e-4, true),
                new Nadam(0.01, 0.9, 0.999, 1e-8, 0.004));
    }

    @Test
    void meetsEveryKind() {
        assertThat(Vocabulary.missing(FirstOrder.class, optimizers().toList())).isEmpty();
        assertThat(Vocabulary.missing(FirstOrder.class, Vocabulary.OPTIMIZERS)).isEmpty();
        assertThat(Vocabulary.missing(
                        Optimizer.class, Vocabulary.allOptimizers().toList()))
                .isEmpty();
    }

    /** Of a gradient that stays the same the squares are all mean. */
    @Test
    void staysCalmOnASteadySlopeWhereItIsCentered() {
        RmsProp centered = new RmsProp(0.001, 0.9, 1e-8, 0, true);
        OptimizerState state = centered.init(parameters);
        set(0, 0);
        for (int i = 0; i < 1_000; i++) {
            slope(1, -1);
            centered.step(parameters, gradients, state);
        }

        assertThat(x()).isBetween(-2_000f, 0f);
        assertThat(x()).isEqualTo(-y());
    }

    /** A bound may be so small that it is 0 when it is rounded. */
    @Test
    void makesNoStepWhereThereIsNoSlope() {
        for (FirstOrder optimizer : List.of(
                new RmsProp(0.001, 0.9, Double.MIN_VALUE, 0, false),
                new Adagrad(0.5, 0, Double.MIN_VALUE),
                new Adadelta(0.03, 0.9, Double.MIN_VALUE),
                new Adam(0.01, 0.9, 0.999, Double.MIN_VALUE, false),
                new Nadam(0.01, 0.9, 0.999, Double.MIN_VALUE, 0.004))) {
            set(3, -4);
            slope(0, 0);
            optimizer.step(parameters, gradients, optimizer.init(parameters));

            assertThat(x()).as("%s", optimizer).isEqualTo(3);
            assertThat(y()).as("%s", optimizer).isEqualTo(-4);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void goesOnFromWhatWasSaved(FirstOrder optimizer) {
        OptimizerState state = optimizer.init(parameters);
        set(3, -4);
        for (int i = 0; i < 9; i++) {
            slope(2 * (x() - 1), 4 * (y() - 2));
            optimizer.step(parameters, gradients, state);
        }
        Parameters saved = parameters.copy();
        OptimizerState loaded = optimizer.init(saved);
        for (int slot = 0; slot < optimizer.slots(); slot++) {
            for (int i = 0; i < 2; i++) {
                loaded.slot(slot).get(i).setTo(state.slot(slot).get(i));
            }
        }
        optimizer.resume(loaded, state.steps());
        slope(0.5f, -0.25f);

        optimizer.step(parameters, gradients, state);
        optimizer.step(saved, gradients, loaded);

        assertThat(saved.matrices().get(0).data).isEqualTo(parameters.matrices().get(0).data);
        assertThat(saved.matrices().get(1).data).isEqualTo(parameters.matrices().get(1).data);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stepsAsFarAsTheLearningRateOfTheStepSays(FirstOrder optimizer) {
        slope(1, -1);
        OptimizerState state = optimizer.init(parameters);
        optimizer.begin(state, optimizer.learningRate() / 2);
        optimizer.update(
                1, parameters.matrices().get(1).data, gradients.matrices().get(1).data, state, 0, 1);
        float half = y();
        set(0, 0);

        optimizer.step(parameters, gradients, optimizer.init(parameters));

        assertThat(half).isCloseTo(y() / 2, offset(Math.abs(y()) * 1e-5f));
        assertThat(state.learningRate()).isEqualTo(optimizer.learningRate() / 2);
    }

    @Test
    void adamWLetsWeightsDecayAndNotBiases() {
        set(2, 2);
        slope(0, 0);
        FirstOrder optimizer = new AdamW(0.1, 0.9, 0.999, 1e-8, 0.5, false);
        optimizer.step(parameters, gradients, optimizer.init(parameters));
        assertThat(x()).isCloseTo(2 * (1 - 0.1f * 0.5f), offset(1e-6f));
        assertThat(y()).isEqualTo(2);
    }

    @Test
    void rmsPropTakesRoundingForNoSpread() {
        FirstOrder optimizer = new RmsProp(0.001, 0.9, 1e-8, 0, true);
        OptimizerState state = optimizer.init(parameters);
        slope(0.1f, 0.3f);
        for (int i = 0; i < 5_000; i++) {
            optimizer.step(parameters, gradients, state);
        }
        assertThat(parameters.allFinite()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void findsTheBottomOfAParabola(FirstOrder optimizer) {
        OptimizerState state = optimizer.init(parameters);
        set(3, -4);
        for (int i = 0; i < 20_000; i++) {
            slope(2 * (x() - 1), 4 * (y() - 2));
            optimizer.step(parameters, gradients, state);
        }
        assertThat(x()).isCloseTo(1, offset(1e-2f));
        assertThat(y()).isCloseTo(2, offset(1e-2f));
        assertThat(state.steps()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void followsRosenbrocksValley(FirstOrder optimizer) {
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
        FirstOrder optimizer = new Sgd(0.25);
        optimizer.step(parameters, gradients, optimizer.init(parameters));
        assertThat(x()).isEqualTo(1 - 0.25f * 0.5f);
        assertThat(y()).isEqualTo(1 + 0.25f * 2);
    }

    @Test
    void momentumRollsOnAndNesterovLooksAhead() {
        FirstOrder rolling = new Momentum(0.1, 0.5, false);
        OptimizerState state = rolling.init(parameters);
        slope(1, 0);
        rolling.step(parameters, gradients, state);
        rolling.step(parameters, gradients, state);
        assertThat(x()).isCloseTo(-0.1f * (1 + 1.5f), offset(1e-7f));
        set(0, 0);
        FirstOrder nesterov = new Momentum(0.1, 0.5, true);
        nesterov.step(parameters, gradients, nesterov.init(parameters));
        assertThat(x()).isCloseTo(-0.1f * (1 + 0.5f), offset(1e-7f));
    }

    @Test
    void adamMatchesItsFormulaInDouble() {
        Adam adam = Adam.of(0.01);
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
        assertThatThrownBy(() -> new Adam(-1, 1, 0.999, 1e-8, false))
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
