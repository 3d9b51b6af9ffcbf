package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.matrix.Cores;
import io.twostep.nn.Gradients;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search on hills of two numbers, one evaluation after the other. */
class LbfgsTest {

    /** A hill: its height, and its slopes. */
    private interface Hill {
        double height(double x, double y);

        double slopeX(double x, double y);

        double slopeY(double x, double y);
    }

    private static final Hill PARABOLA = new Hill() {
        @Override
        public double height(double x, double y) {
            return (x - 1) * (x - 1) + 2 * (y - 2) * (y - 2);
        }

        @Override
        public double slopeX(double x, double y) {
            return 2 * (x - 1);
        }

        @Override
        public double slopeY(double x, double y) {
            return 4 * (y - 2);
        }
    };

    private static final Hill ROSENBROCK = new Hill() {
        @Override
        public double height(double x, double y) {
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
        }

        @Override
        public double slopeX(double x, double y) {
            return -2 * (1 - x) - 400 * x * (y - x * x);
        }

        @Override
        public double slopeY(double x, double y) {
            return 200 * (y - x * x);
        }
    };

    /** No number beyond x = 2, and all the steeper before. */
    private static final Hill EDGE = new Hill() {
        @Override
        public double height(double x, double y) {
            return -Math.log(2 - x) - 3 * x + y * y;
        }

        @Override
        public double slopeX(double x, double y) {
            return 1 / (2 - x) - 3;
        }

        @Override
        public double slopeY(double x, double y) {
            return 2 * y;
        }
    };

    /** One weight and one bias: two numbers to move. */
    private final Network network = Network.of(NetworkSpec.hidden(), 1, new Task.Numbers(1));

    private final Crew crew = new Crew(new Cores(1));

    @AfterEach
    void close() {
        crew.close();
    }

    static Stream<Lbfgs> kinds() {
        return Stream.concat(Vocabulary.FULL_BATCH.stream(), Stream.of(Lbfgs.remembering(1), Lbfgs.remembering(100)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void findsTheBottomOfAParabola(Lbfgs kind) {
        Walk walk = new Walk(kind, PARABOLA, 3, -4);

        walk.toTheEnd(30);

        assertThat(walk.x()).isCloseTo(1, offset(1e-5f));
        assertThat(walk.y()).isCloseTo(2, offset(1e-5f));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void followsRosenbrocksValley(Lbfgs kind) {
        Walk walk = new Walk(kind, ROSENBROCK, -1, 1.5f);

        walk.toTheEnd(200);

        assertThat(walk.x()).isCloseTo(1, offset(1e-3f));
        assertThat(walk.y()).isCloseTo(1, offset(2e-3f));
    }

    /** Its trials go down, each further than the last, before one is far enough to be a step. */
    @Test
    void staysWhereItIsBetterThoughTheSearchGoesOn() {
        Walk walk = new Walk(new Lbfgs(0.001, 10, 1e-4, 0.5, 0), PARABOLA, 3, -4);
        walk.turns(1);
        double start = walk.told;

        walk.turns(1);

        assertThat(walk.told).isLessThan(start);
        assertThat(walk.search.gradientNorm())
                .isCloseTo(
                        Math.hypot(PARABOLA.slopeX(walk.x(), walk.y()), PARABOLA.slopeY(walk.x(), walk.y())),
                        offset(1e-4));
    }

    /** Its first trial is beyond, where there is no number. */
    @ParameterizedTest
    @MethodSource("kinds")
    void staysWhereTheLossIsANumber(Lbfgs kind) {
        Walk walk = new Walk(new Lbfgs(10, kind.history(), kind.c1(), kind.c2(), kind.tolerance()), EDGE, -1, 1.5f);

        walk.toTheEnd(100);

        assertThat(walk.x()).isCloseTo(5 / 3f, offset(1e-4f));
        assertThat(walk.y()).isCloseTo(0, offset(1e-4f));
    }

    /** Everything is in the state: slots, numbers, and the number of steps. */
    @ParameterizedTest
    @MethodSource("kinds")
    void goesOnFromWhatWasSaved(Lbfgs kind) {
        for (int saved = 0; saved < 40; saved++) {
            Walk calm = new Walk(kind, ROSENBROCK, -1, 1.5f);
            calm.turns(saved);
            Walk loaded = new Walk(kind, ROSENBROCK, 0, 0);
            loaded.load(calm);

            calm.turns(3);
            loaded.turns(3);

            assertThat(loaded.x()).isEqualTo(calm.x());
            assertThat(loaded.y()).isEqualTo(calm.y());
            assertThat(loaded.state.numbers()).isEqualTo(calm.state.numbers());
        }
    }

    @Test
    void endsWhereTheGradientIsAsSmallAsAsked() {
        Walk rough = new Walk(new Lbfgs(1, 10, 1e-4, 0.9, 0.1), ROSENBROCK, -1, 1.5f);

        rough.toTheEnd(100);

        Stop stop = Objects.requireNonNull(rough.search.end());
        assertThat(stop.reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(stop.numbers()).containsEntry("tolerance", 0.1);
        assertThat(stop.numbers().get("largest_gradient")).isBetween(1e-3, 0.1);
    }

    /** Single precision does not tell the last heights apart; no turn more is wasted than a search has. */
    @Test
    void endsWhereNothingIsLowerThatCanBeSeen() {
        Walk walk = new Walk(new Lbfgs(1, 10, 1e-4, 0.9, 0), EDGE, -1, 1.5f);

        walk.toTheEnd(60);

        Stop stop = Objects.requireNonNull(walk.search.end());
        assertThat(stop.reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(stop.numbers()).containsKey("line_search_trials").doesNotContainKey("tolerance");
    }

    @Test
    void refusesWhatItCannotDoWith() {
        assertThatThrownBy(() -> new TrainingSpec(
                        Lbfgs.remembering(5),
                        new LearningRateSchedule.Step(2, 0.5),
                        new Clipping.Norm(1),
                        10,
                        32,
                        new Regularizer(0.5, 0, 1.0),
                        StoppingRule.NONE,
                        0))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .containsExactly(
                                        "/schedule", "/clipping", "/regularization/l1", "/regularization/max_norm"));
        assertThatThrownBy(() -> new Lbfgs(1, 10, 0.4, 0.3, 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/c2 must be more than c1, which is 0.4, but was 0.3");
    }

    /** A search, and what it saw. */
    private final class Walk {

        private final Hill hill;
        private final Parameters parameters = Parameters.zeros(network);
        private final Gradients gradients = Gradients.of(network);
        private final OptimizerState state;
        private final LbfgsSearch search;
        private int turns;
        private double told = Double.POSITIVE_INFINITY;

        private Walk(Lbfgs kind, Hill hill, float x, float y) {
            this.hill = hill;
            set(parameters.matrices(), x, y);
            this.state = kind.init(parameters);
            this.search = new LbfgsSearch(kind, parameters, gradients, state, crew);
        }

        private void load(Walk other) {
            set(parameters.matrices(), other.x(), other.y());
            for (int slot = 0; slot < state.slots().size(); slot++) {
                for (int i = 0; i < 2; i++) {
                    state.slot(slot).get(i).setTo(other.state.slot(slot).get(i));
                }
            }
            System.arraycopy(other.state.numbers(), 0, state.numbers(), 0, state.numbers().length);
        }

        private void turns(int count) {
            for (int i = 0; i < count; i++) {
                turn();
            }
        }

        private void toTheEnd(int most) {
            while (search.end() == null && turns < most) {
                turn();
            }
            assertThat(search.end())
                    .as("after %d turns at %s, %s", turns, x(), y())
                    .isNotNull();
        }

        /** What is told is the height of where the parameters are, and never rises. */
        private void turn() {
            search.move();
            set(gradients.matrices(), (float) hill.slopeX(x(), y()), (float) hill.slopeY(x(), y()));
            double before = told;
            told = search.take(hill.height(x(), y()), hill.height(x(), y()));
            assertThat(told).isEqualTo(hill.height(x(), y())).isLessThanOrEqualTo(before);
            turns++;
        }

        private float x() {
            return parameters.matrices().get(0).data[0];
        }

        private float y() {
            return parameters.matrices().get(1).data[0];
        }

        private static void set(List<FMatrixRMaj> matrices, float x, float y) {
            matrices.get(0).data[0] = x;
            matrices.get(1).data[0] = y;
        }
    }
}
