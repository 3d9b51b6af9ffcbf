package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import io.twostep.training.LearningRateCurve.End;
import io.twostep.training.LearningRateCurve.Point;
import io.twostep.training.LearningRateCurve.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class LearningRateSweepTest {

    private static final long SECOND = 1_000_000_000L;
    private static final LearningRateRange USUAL = new LearningRateRange(1e-6, 10, 100);
    private static final Network LINE = Network.of(NetworkSpec.hidden(), 1, new Task.Numbers(1));

    /** A clock that the test drives; every look advances it by one second. */
    private final LongSupplier clock = new LongSupplier() {
        private long now;

        @Override
        public long getAsLong() {
            now += SECOND;
            return now;
        }
    };

    @Test
    void growsTheRateByTheSameFactorEachStep() {
        List<Point> points = sweep(LINE, 32, 100)
                .run(new LearningRateRange(0.001, 0.1, 21), 1_000 * SECOND)
                .points();

        assertThat(points).hasSize(21);
        assertThat(points.get(0).learningRate()).isEqualTo(0.001);
        assertThat(points.get(10).learningRate()).isCloseTo(0.01, within(1e-12));
        assertThat(points.get(20).learningRate()).isCloseTo(0.1, within(1e-12));
    }

    /** The losses of full batches of y = x, w from 0, mean squared error: each step is w += alpha 2/n sum x (x - wx). */
    @Test
    void notesTheLossBeforeEachStepThatTheRateMakes() {
        LearningRateRange range = new LearningRateRange(0.01, 0.1, 10);
        LearningRateCurve curve = sweep(LINE, 100, 100).run(range, 1_000 * SECOND);

        TrainingSpec spec = spec(100);
        Examples examples = examples(100);
        double[] expected = new double[10];
        Parameters parameters = Parameters.initialize(LINE, spec.seed());
        for (int step = 0; step < 10; step++) {
            expected[step] = oneStep(parameters, examples, range.rate(step));
        }
        for (int step = 0; step < 10; step++) {
            assertThat(curve.points().get(step).loss()).isCloseTo(expected[step], within(1e-4 * expected[step]));
        }
        double mean = 0;
        for (int step = 0; step < 10; step++) {
            mean = 0.98 * mean + 0.02 * curve.points().get(step).loss();
            assertThat(curve.points().get(step).smoothed())
                    .isCloseTo(mean / (1 - Math.pow(0.98, step + 1)), within(1e-12));
        }
        assertThat(curve.end()).isEqualTo(End.STEPS);
    }

    @Test
    void endsWhereTheLossHasGrownFourfold() {
        LearningRateCurve curve = sweep(LINE, 32, 100).run(USUAL, 1_000 * SECOND);

        assertThat(curve.end()).isEqualTo(End.DIVERGED);
        List<Point> points = curve.points();
        double lowest = points.stream().mapToDouble(Point::smoothed).min().orElseThrow();
        assertThat(points.get(points.size() - 1).smoothed()).isGreaterThan(4 * lowest);
        assertThat(points.get(points.size() - 2).smoothed()).isLessThanOrEqualTo(4 * lowest);
        double suggested = curve.suggestion(100).orElseThrow().tenthOfMinimum();
        assertThat(suggested).isBetween(1e-3, 0.2);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        LearningRateCurve curve = sweep(LINE, 32, 100).run(USUAL, 7 * SECOND);

        assertThat(curve.end()).isEqualTo(End.TIME);
        assertThat(curve.points()).hasSize(7);
        assertThat(curve.suggestion(100)).isEmpty();
    }

    @Test
    void doesNotBeginWhatTakesTooLong() {
        LayerSpec layer = LayerSpec.Dense.of(5_000, new Activation.Relu());
        Network large = Network.of(NetworkSpec.hidden(layer, layer), 1, new Task.Numbers(1));

        LearningRateCurve curve = sweep(large, 100, 100).run(USUAL, SECOND);

        assertThat(curve.end()).isEqualTo(End.TOO_LONG);
        assertThat(curve.points()).isEmpty();
    }

    /** Rates 10^0, 10^1 …: the first tenth and the last five do not count. */
    @Test
    void suggestsWhatFastaiSuggests() {
        double[] smoothed = {0, 9, 8.9, 8, 3, 2.5, 2.4, 2.6, 2.7, 1, 1, 1, 1, 1};

        assertThat(curve(smoothed).suggestion(10)).contains(new Suggestion(0.1 * 1e6, 1e3));
    }

    @Test
    void suggestsNothingWhereTheLossNeverFalls() {
        assertThat(curve(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).suggestion(10)).isEmpty();
        assertThat(curve(3, 2, 1).suggestion(10)).isEmpty();
        assertThat(curve().suggestion(10)).isEmpty();
    }

    @Test
    void refusesRangesThatAreNone() {
        refused(0, 1, 100, "/low must be > 0");
        refused(1, 1, 100, "/high must be > low, which is 1.0, but was 1.0");
        refused(1e-3, 1e7, 100, "/high must be > 0 and <= 1000000");
        refused(Double.NaN, Double.POSITIVE_INFINITY, 100, "/low");
        refused(1e-3, 1, 9, "/steps must be >= 10 and <= 1000 but was 9");
    }

    private static void refused(double low, double high, int steps, String message) {
        assertThatThrownBy(() -> new LearningRateRange(low, high, steps))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }

    private static LearningRateCurve curve(double... smoothed) {
        List<Point> points = new ArrayList<>();
        for (double value : smoothed) {
            points.add(new Point(Math.pow(10, points.size()), value, value));
        }
        return new LearningRateCurve(points, 32, End.STEPS);
    }

    private static double oneStep(Parameters parameters, Examples examples, double rate) {
        float[] w = parameters.matrices().get(0).data;
        float[] b = parameters.matrices().get(1).data;
        FMatrixRMaj x = new FMatrixRMaj(examples.rows(), 1);
        FMatrixRMaj y = new FMatrixRMaj(examples.rows(), 1);
        examples.copy(0, x, y);
        double loss = 0;
        double slope = 0;
        double lift = 0;
        for (int row = 0; row < examples.rows(); row++) {
            double residual = (double) w[0] * x.data[row] + b[0] - y.data[row];
            loss += residual * residual / examples.rows();
            slope += 2 * residual * x.data[row] / examples.rows();
            lift += 2 * residual / examples.rows();
        }
        w[0] -= (float) (rate * slope);
        b[0] -= (float) (rate * lift);
        return loss;
    }

    private LearningRateSweep sweep(Network network, int batchSize, int rows) {
        return new LearningRateSweep(
                network, Arithmetic.portable(), spec(batchSize), examples(rows), clock, new Cores(1));
    }

    private static TrainingSpec spec(int batchSize) {
        return new TrainingSpec(new Sgd(0.5), 3, batchSize, Regularizer.NONE, StoppingRule.NONE, 1);
    }

    /** A line, and what is never on it. */
    private static Examples examples(int rows) {
        FMatrixRMaj x = new FMatrixRMaj(rows, 1);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        IntStream.range(0, rows).forEach(row -> {
            x.data[row] = (row - rows / 2) / (rows / 4f);
            y.data[row] = 3 * x.data[row] - 1 + (row % 3 - 1) * 0.1f;
        });
        return Examples.of(x, y);
    }
}
