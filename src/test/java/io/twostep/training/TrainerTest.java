package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import io.twostep.features.NumberTarget;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Activation;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final Examples NONE = Examples.of(new FMatrixRMaj(0, 2), new FMatrixRMaj(0, 1));
    private static final Cores CORES = new Cores(1);
    private static final Network PERCEPTRON = Network.of(NetworkSpec.hidden(), 2, new Task.Numbers(1));
    private static final Network HIDDEN =
            Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(16, new Activation.Relu())), 2, new Task.Numbers(1));

    /** A clock that the test drives; every look advances it by one second. */
    private final LongSupplier clock = new LongSupplier() {
        private long now;

        @Override
        public long getAsLong() {
            now += 1_000_000_000L;
            return now;
        }
    };

    private final List<EpochReport> history = new ArrayList<>();

    @Test
    void perceptronLearnsAStraightLineAndHiddenLayerAlsoTheV() {
        Examples line = examples(200, (a, b) -> 0.5f * a - b);
        Examples v = examples(200, (a, b) -> Math.abs(a) - b);
        assertThat(train(PERCEPTRON, spec(60), line).parameters()).isNotNull();
        assertThat(lastLoss()).isLessThan(1e-3);
        train(PERCEPTRON, spec(200), v);
        assertThat(lastLoss()).isGreaterThan(0.05);
        train(HIDDEN, spec(200), v);
        assertThat(lastLoss()).isLessThan(0.005);
    }

    @Test
    void sameSeedMakesTheSameBitsAndAnotherSeedDoesNot() {
        Examples v = examples(100, (a, b) -> Math.abs(a) - b);
        float[] first = weights(train(HIDDEN, spec(5), v));
        assertThat(weights(train(HIDDEN, spec(5), v))).isEqualTo(first);
        TrainingSpec other = new TrainingSpec(adam(), 5, 16, Regularizer.NONE, StoppingRule.NONE, 8);
        assertThat(weights(train(HIDDEN, other, v))).isNotEqualTo(first);
    }

    @Test
    void everyEpochVisitsEveryRowOnceInAnotherOrder() {
        Examples examples = Examples.of(counting(10), counting(10));
        Batches batches = new Batches(examples, 4, 2, true);
        Shard[] shards = {new Shard(PERCEPTRON, examples, 2, 2), new Shard(PERCEPTRON, examples, 2, 2)};
        List<List<Float>> orders = new ArrayList<>();
        for (int epoch = 1; epoch <= 2; epoch++) {
            batches.beginEpoch(3, epoch);
            List<Float> order = new ArrayList<>();
            for (int batch = 0; batch < batches.count(); batch++) {
                assertThat(batches.rows(batch)).isEqualTo(batch < 2 ? 4 : 2);
                for (int i = 0; i < 2; i++) {
                    batches.gather(batch, i, shards[i]);
                    FMatrixRMaj x = shards[i].x(batches.side(batch));
                    FMatrixRMaj y = shards[i].y(batches.side(batch));
                    assertThat(Arrays.copyOf(y.data, y.numRows)).isEqualTo(Arrays.copyOf(x.data, x.numRows));
                    for (int row = 0; row < x.numRows; row++) {
                        order.add(x.get(row, 0));
                    }
                }
            }
            assertThat(order).containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f);
            orders.add(order);
        }
        assertThat(orders.get(0)).isNotEqualTo(orders.get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000})
    void batchOfAllRowsOrMoreIsOneStepAnEpoch(int batchSize) {
        Batches batches = new Batches(examples(100, (a, b) -> a), batchSize, 1, true);
        assertThat(batches.count()).isEqualTo(1);
    }

    @Test
    void stopsAtTheTargetLoss() {
        TrainingResult result =
                train(PERCEPTRON, spec(1000, rule(0.01, null, null, null)), examples(100, (a, b) -> a - b));
        assertThat(result.stop().reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(result.stop().numbers().get("train_loss")).isLessThanOrEqualTo(0.01);
        assertThat(history).hasSize(result.epochs());
        assertThat(history.get(history.size() - 2).trainLoss()).isGreaterThan(0.01);
    }

    @Test
    void stopsWithoutProgressAndKeepsTheBestEpoch() {
        Examples training = examples(30, (a, b) -> Math.abs(a) - b);
        // Validation rows that say the opposite: the better the training rows are learned, the worse these.
        Examples validation = examples(30, (a, b) -> b - Math.abs(a));
        TrainingResult result = new Trainer(
                        HIDDEN,
                        Arithmetic.portable(),
                        spec(1000, rule(null, 0.001, 5, null)),
                        training,
                        validation,
                        listener(Integer.MAX_VALUE),
                        clock,
                        CORES)
                .train();
        assertThat(result.stop().reason()).isEqualTo(StopReason.EARLY_STOPPED);
        assertThat(result.epochs()).isLessThan(50);
        EpochReport best = history.get(result.bestEpoch() - 1);
        assertThat(history)
                .allSatisfy(
                        report -> assertThat(report.validationLoss()).isGreaterThanOrEqualTo(best.validationLoss()));
        assertThat(new Blocks(new Backpropagation(HIDDEN, Arithmetic.portable()), validation, new Crew(CORES))
                        .loss(result.parameters()))
                .isEqualTo(best.validationLoss());
    }

    /** The loss is the mean squared error in units of the standard deviation. */
    @Test
    void watchesAFigureInTheUnitsOfTheTarget() {
        TrainingResult result = watching(StoppingMetric.RMSE, examples(30, (a, b) -> b - Math.abs(a)));

        assertThat(result.stop().reason()).isEqualTo(StopReason.EARLY_STOPPED);
        assertThat(history)
                .allSatisfy(report ->
                        assertThat(report.metric()).isCloseTo(10 * Math.sqrt(report.validationLoss()), within(1e-3)));
        assertThat(result.stop().numbers())
                .containsEntry(
                        "best_validation_rmse",
                        history.get(result.bestEpoch() - 1).metric());
    }

    @Test
    void refusesToWatchAFigureOfNoRows() {
        assertThatThrownBy(() -> watching(StoppingMetric.RMSE, NONE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/stop/metric must be loss where there is no validation row, but was rmse");
        assertThatThrownBy(() -> watching(StoppingMetric.R2, examples(10, (a, b) -> 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/stop/metric r2 is no finite number on the validation rows: watch the loss");
        assertThatThrownBy(() -> watching(StoppingMetric.RMSE, examples(10, (a, b) -> a), 1e200))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/stop/metric rmse is no finite number");
    }

    @Test
    void seesTheLossDivergeWhateverItWatches() {
        TrainingResult result = watching(StoppingMetric.RMSE, examples(10, (a, b) -> Float.NaN), 10);

        assertThat(result.stop().reason()).isEqualTo(StopReason.DIVERGED);
    }

    private TrainingResult watching(StoppingMetric metric, Examples validation) {
        return watching(metric, validation, 10);
    }

    private TrainingResult watching(StoppingMetric metric, Examples validation, double standardDeviation) {
        history.clear();
        return new Trainer(
                        HIDDEN,
                        Arithmetic.portable(),
                        spec(100, new StoppingRule(null, null, 5, null, null, null, null, null, metric)),
                        examples(30, (a, b) -> Math.abs(a) - b),
                        validation,
                        listener(Integer.MAX_VALUE),
                        clock,
                        CORES,
                        new NumberTarget("y", 3, standardDeviation, true))
                .train();
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        TrainingResult result = train(PERCEPTRON, spec(1000, rule(null, null, null, 20.0)), examples(100, (a, b) -> a));
        assertThat(result.stop().reason()).isEqualTo(StopReason.MAX_RUNTIME);
        assertThat(result.stop().numbers()).containsEntry("max_runtime_seconds", 20.0);
    }

    @Test
    void stopsBeforeTheNextBatchWhenCancelled() {
        TrainingResult result = cancelledAfterThreeEpochs(listener -> listener);

        assertThat(result.stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(result.epochs()).isEqualTo(3);
    }

    /** The test above can fail: here the training believes what it was told when it asked first. */
    @Test
    void wouldSeeThatItAsksOnceOnly() {
        TrainingResult result = cancelledAfterThreeEpochs(AskedOnce::new);

        assertThat(result.stop().reason()).isEqualTo(StopReason.MAX_EPOCHS);
    }

    private TrainingResult cancelledAfterThreeEpochs(UnaryOperator<TrainingListener> heard) {
        return new Trainer(
                        PERCEPTRON,
                        Arithmetic.portable(),
                        spec(1000),
                        examples(100, (a, b) -> a),
                        NONE,
                        heard.apply(listener(3)),
                        clock,
                        CORES)
                .train();
    }

    /** A planted fault: the flag is read once in a job. */
    private static final class AskedOnce implements TrainingListener {

        private final TrainingListener listener;
        private final boolean answer;

        private AskedOnce(TrainingListener listener) {
            this.listener = listener;
            this.answer = listener.cancelled();
        }

        @Override
        public void epochFinished(EpochReport report, int bestEpoch) {
            listener.epochFinished(report, bestEpoch);
        }

        @Override
        public boolean cancelled() {
            return answer;
        }
    }

    @Test
    void tellsDivergenceAndReportsNoNumberThatIsNotFinite() {
        TrainingSpec wild = new TrainingSpec(new Sgd(1000), 100, 16, Regularizer.NONE, StoppingRule.NONE, 7);
        TrainingResult result = train(HIDDEN, wild, examples(100, (a, b) -> a));
        assertThat(result.stop().reason()).isEqualTo(StopReason.DIVERGED);
        assertThat(result.stop().numbers()).containsEntry("epoch", result.epochs() + 1.0);
        assertThat(history).allSatisfy(report -> assertThat(report.trainLoss()).isFinite());
    }

    @Test
    void tellsDivergenceAlsoWhenTheTimeIsUp() {
        TrainingSpec wild = new TrainingSpec(new Sgd(1e6), 100, 1, Regularizer.NONE, rule(null, null, null, 30.0), 7);
        TrainingResult result = train(HIDDEN, wild, examples(1000, (a, b) -> a));
        assertThat(result.stop().reason()).isEqualTo(StopReason.DIVERGED);
    }

    @Test
    void regularisationKeepsWeightsSmall() {
        Examples line = examples(100, (a, b) -> a - b);
        Regularizer ridge = new Regularizer(0, 1);
        float[] free = weights(train(PERCEPTRON, spec(50), line));
        float[] held = weights(train(PERCEPTRON, new TrainingSpec(adam(), 50, 16, ridge, StoppingRule.NONE, 7), line));
        assertThat(length(held)).isLessThan(length(free) / 2);
    }

    private TrainingResult train(Network network, TrainingSpec spec, Examples training) {
        history.clear();
        return new Trainer(
                        network, Arithmetic.portable(), spec, training, NONE, listener(Integer.MAX_VALUE), clock, CORES)
                .train();
    }

    private TrainingListener listener(int cancelAfter) {
        return new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                history.add(report);
            }

            @Override
            public boolean cancelled() {
                return history.size() >= cancelAfter;
            }
        };
    }

    private double lastLoss() {
        return history.get(history.size() - 1).trainLoss();
    }

    private static Optimizer adam() {
        return Adam.of(0.02);
    }

    private static TrainingSpec spec(int epochs) {
        return spec(epochs, StoppingRule.NONE);
    }

    private static TrainingSpec spec(int epochs, StoppingRule stop) {
        return new TrainingSpec(adam(), epochs, 16, Regularizer.NONE, stop, 7);
    }

    private static StoppingRule rule(Double target, Double minDelta, Integer patience, Double seconds) {
        return new StoppingRule(target, minDelta, patience, seconds, null);
    }

    private interface Truth {
        float of(float a, float b);
    }

    private static Examples examples(int rows, Truth truth) {
        RandomStream random = RandomStream.of(1, Purpose.SPLIT);
        FMatrixRMaj x = new FMatrixRMaj(rows, 2);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        for (int row = 0; row < rows; row++) {
            x.set(row, 0, (float) (2 * random.nextDouble() - 1));
            x.set(row, 1, (float) (2 * random.nextDouble() - 1));
            y.set(row, 0, truth.of(x.get(row, 0), x.get(row, 1)));
        }
        return Examples.of(x, y);
    }

    private static FMatrixRMaj counting(int rows) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, 1);
        for (int row = 0; row < rows; row++) {
            matrix.set(row, 0, row);
        }
        return matrix;
    }

    private static float[] weights(TrainingResult result) {
        return result.parameters().matrices().get(0).data;
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
