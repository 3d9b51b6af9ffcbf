package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.error.InvalidValueException;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Gradients;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import io.twostep.nn.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lbfgs sees of the rows, and what of its search is told and kept. */
class FullBatchStepsTest {

    private static final Network NETWORK =
            Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(12, new Activation.Tanh())), 4, new Task.Numbers(1));

    /** Of all rows together, in as many blocks as it takes, and with the price on large weights. */
    @ParameterizedTest
    @ValueSource(ints = {1, 200, 1024, 1025, 3_000})
    void addsUpTheGradientOfAllRows(int rows) {
        assertThatItAddsUp(NETWORK, examples(rows, 1), examples(rows, 1));
    }

    @Test
    void addsUpWhatGoesRoundABlock() {
        LayerSpec linear = LayerSpec.Dense.of(4, new Activation.Identity());
        Network residual = Network.of(
                NetworkSpec.hidden(
                        new LayerSpec.Residual(
                                List.of(LayerSpec.Dense.of(9, new Activation.Tanh()), linear), new Activation.Relu()),
                        new LayerSpec.Residual(List.of(linear), new Activation.Identity())),
                4,
                new Task.Numbers(1));

        assertThatItAddsUp(residual, examples(1_500, 1), examples(1_500, 1));
    }

    /** A row that counts three times is three rows. */
    @Test
    void addsUpRowsByTheirWeights() {
        Examples once = examples(1_100, 1);
        int[] repeated = IntStream.range(0, once.rows())
                .flatMap(row -> IntStream.range(0, 1 + row % 3).map(time -> row))
                .toArray();
        float[] weights = new float[once.rows()]; // of mean 1
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (1f + row % 3) * weights.length / repeated.length;
        }
        FMatrixRMaj x = new FMatrixRMaj(repeated.length, 4);
        FMatrixRMaj y = new FMatrixRMaj(repeated.length, 1);
        once.gather(repeated, 0, x, y);

        assertThatItAddsUp(NETWORK, new WeightedExamples(once, weights), Examples.of(x, y));
    }

    /** The gradient that the first step sees of some rows is that of others, which mean the same. */
    private static void assertThatItAddsUp(Network network, Examples seen, Examples meant) {
        TrainingSpec spec = spec(Lbfgs.remembering(3), 1, StoppingRule.NONE);
        RunState run = RunState.start(spec, network);
        Parameters start = run.parameters().copy();
        double total;
        try (Crew crew = new Crew(new Cores(2))) {
            EpochSteps steps = EpochSteps.of(network, Arithmetic.portable(), spec, seen, crew, run);
            steps.beginEpoch(1);
            total = steps.step(0);
        }

        int rows = meant.rows();
        Gradients expected = Gradients.of(network);
        FMatrixRMaj x = new FMatrixRMaj(rows, 4);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        meant.copy(0, x, y);
        double whole = new Backpropagation(network, Arithmetic.portable())
                .lossAndGradients(start, x, y, Workspace.forTraining(network, rows), expected);
        spec.regularization().addGradient(start, expected);
        assertThat(total / seen.rows()).isCloseTo(whole / rows, offset(1e-6 * whole / rows));
        List<FMatrixRMaj> gradient = run.optimizer().slot(1);
        for (int m = 0; m < gradient.size(); m++) {
            for (int i = 0; i < gradient.get(m).getNumElements(); i++) {
                assertThat(gradient.get(m).data[i])
                        .isCloseTo(expected.matrices().get(m).data[i], offset(1e-5f));
            }
        }
    }

    /** Trials that are rejected among them: the first length is far too large. */
    @Test
    void tellsTheLossOfTheParametersThatAreKept() {
        Examples training = examples(1_500, 1);
        Examples validation = examples(300, 2);
        for (int epochs = 1; epochs < 25; epochs++) {
            List<EpochReport> reports = new ArrayList<>();
            TrainingSpec spec = spec(new Lbfgs(100, 5, 1e-4, 0.5, 0), epochs, StoppingRule.NONE);

            TrainingResult result = train(spec, training, validation, reports);

            EpochReport last = reports.get(reports.size() - 1);
            assertThat(last.trainLoss()).isCloseTo(loss(result, training), offset(1e-6));
            assertThat(last.validationLoss()).isCloseTo(loss(result, validation), offset(1e-6));
            if (epochs == 24) {
                assertThat(reports).extracting(EpochReport::learningRate).anyMatch(length -> length > 1);
                assertThat(reports.stream().mapToDouble(EpochReport::trainLoss).distinct())
                        .as("some trials were rejected")
                        .hasSizeLessThan(24);
            }
        }
    }

    @Test
    void keepsThePointThatValidatedBest() {
        List<EpochReport> reports = new ArrayList<>();
        Examples few = examples(30, 1);
        Examples validation = examples(300, 2);

        TrainingResult result =
                train(spec(Lbfgs.remembering(10), 300, StoppingRule.patient(20)), few, validation, reports);

        double best =
                reports.stream().mapToDouble(EpochReport::watchedLoss).min().orElseThrow();
        assertThat(result.bestEpoch()).isLessThan(reports.size());
        assertThat(loss(result, validation)).isCloseTo(best, offset(1e-6));
    }

    /** Loss and price together; the loss alone may rise. */
    @Test
    void endsWhereItHasConverged() {
        List<EpochReport> reports = new ArrayList<>();
        TrainingSpec spec =
                new TrainingSpec(Lbfgs.remembering(10), 5_000, 1, new Regularizer(0, 0.1), StoppingRule.NONE, 1);

        TrainingResult result = train(spec, examples(200, 1), examples(0, 2), reports);

        assertThat(result.stop().reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(result.stop().numbers()).containsKey("largest_gradient");
        assertThat(result.epochs()).isEqualTo(reports.size()).isLessThan(500);
        assertThat(reports.get(reports.size() - 1).gradientNorm()).isLessThan(1e-3);
    }

    @Test
    void refusesNoise() {
        Network noisy =
                Network.of(NetworkSpec.hidden(Vocabulary.NOISY.toArray(LayerSpec[]::new)), 4, new Task.Numbers(1));
        Trainer trainer = trainer(noisy, spec(Lbfgs.remembering(5), 3, StoppingRule.NONE), examples(20, 1));

        assertThatThrownBy(trainer::train)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/network/layers must hold no noise");
    }

    /** Where a row has many numbers, fewer are taken together. */
    @Test
    void takesFewerRowsTogetherWhereTheyAreWide() {
        Network wide = Network.of(
                NetworkSpec.hidden(LayerSpec.Dense.of(10_000, new Activation.Relu())), 4, new Task.Numbers(1));

        assertThat(FullBatchSteps.rowsTogether(NETWORK)).isEqualTo(1024);
        assertThat(FullBatchSteps.rowsTogether(wide)).isBetween(64, 512);
        assertThat(FullBatchSteps.rowsTogether(Long.MAX_VALUE)).isEqualTo(64);
    }

    private static TrainingSpec spec(Lbfgs kind, int epochs, StoppingRule stop) {
        return new TrainingSpec(kind, epochs, 1, new Regularizer(0, 1e-3), stop, 1);
    }

    private static TrainingResult train(
            TrainingSpec spec, Examples training, Examples validation, List<EpochReport> reports) {
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
        return new Trainer(
                        NETWORK,
                        Arithmetic.fast(),
                        spec,
                        training,
                        validation,
                        listener,
                        System::nanoTime,
                        new Cores(2))
                .train();
    }

    private static Trainer trainer(Network network, TrainingSpec spec, Examples training) {
        return new Trainer(
                network,
                Arithmetic.fast(),
                spec,
                training,
                examples(0, 2),
                TrainingListener.NONE,
                System::nanoTime,
                new Cores(1));
    }

    private static double loss(TrainingResult result, Examples examples) {
        Backpropagation backpropagation = new Backpropagation(NETWORK, Arithmetic.fast());
        try (Crew crew = new Crew(new Cores(1))) {
            return new Blocks(backpropagation, examples, crew).loss(result.parameters());
        }
    }

    private static Examples examples(int rows, long seed) {
        Random random = new Random(seed);
        FMatrixRMaj x = new FMatrixRMaj(rows, 4);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 4; column++) {
                x.set(row, column, (float) random.nextGaussian());
            }
            y.set(row, 0, x.get(row, 0) * x.get(row, 1) - x.get(row, 2) + 0.5f * (float) random.nextGaussian());
        }
        return Examples.of(x, y);
    }
}
