package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.NumberTarget;
import io.twostep.job.RunStateFormat;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is interrupted at any steps ends in the bits of the run that was not. */
class ResumeTest {

    private static final int RUNS = Integer.getInteger("twostep.test.resumes", 3);
    private static final long SEED = Long.getLong("twostep.test.seed", 20);
    private static final int EPOCHS = 12;
    private static final Network NETWORK = Network.of(
            NetworkSpec.hidden(
                    LayerSpec.Dense.of(24, new Activation.Relu()), LayerSpec.Dense.of(10, new Activation.Tanh())),
            5,
            new Task.Numbers(1));
    private static final Network NOISY = network(Vocabulary.NOISY);

    /** The run may stop early, and with patience it keeps the best epoch's parameters. */
    static Stream<TrainingSpec> specs() {
        return Stream.of(stops(), vocabulary(), fullBatch()).flatMap(specs -> specs);
    }

    /** Every optimiser with every schedule, not each with each. */
    private static Stream<TrainingSpec> vocabulary() {
        int optimizers = Vocabulary.OPTIMIZERS.size();
        int schedules = Vocabulary.SCHEDULES.size();
        return IntStream.range(0, Math.max(optimizers, schedules))
                .mapToObj(i -> new TrainingSpec(
                        Vocabulary.OPTIMIZERS.get(i % optimizers),
                        Vocabulary.SCHEDULES.get(i % schedules),
                        i % 2 == 0 ? new Clipping.Norm(0.5) : new Clipping.Value(0.1),
                        EPOCHS,
                        16,
                        new Regularizer(0.0001, 0.001),
                        StoppingRule.NONE,
                        7));
    }

    /** A step is an epoch: there are as many of both as the others have steps. */
    private static Stream<TrainingSpec> fullBatch() {
        return Stream.of(StoppingRule.NONE, StoppingRule.patient(8))
                .flatMap(rule -> Vocabulary.FULL_BATCH.stream()
                        .map(optimizer ->
                                new TrainingSpec(optimizer, 10 * EPOCHS, 16, new Regularizer(0, 0.001), rule, 7)));
    }

    private static Stream<TrainingSpec> stops() {
        return Stream.of(new Sgd(0.01), new Momentum(0.01, 0.9, true), Adam.of(0.01))
                .flatMap(optimizer -> Stream.of(
                                StoppingRule.NONE,
                                new StoppingRule(null, 0.01, 3, null, null),
                                new StoppingRule(null, null, 3, null, null, 0.1, 4, 5),
                                new StoppingRule(null, null, 2, null, null, 0.05, 2, null, StoppingMetric.R2),
                                new StoppingRule(null, 0.01, 1, null, null, null, null, null, StoppingMetric.MAE),
                                new StoppingRule(0.2, null, null, null, 70L))
                        .flatMap(rule -> Stream.of(16, 1_000)
                                .map(batch -> new TrainingSpec(
                                        optimizer, EPOCHS, batch, new Regularizer(0.0, 0.001), rule, 7))));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void endsInTheSameBits(TrainingSpec spec) {
        endsInTheSameBits(NETWORK, spec);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 1_000})
    void endsInTheSameBitsWithNoise(int batchSize) {
        endsInTheSameBits(NOISY, bounded(batchSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 1_000})
    void endsInTheSameBitsWithResidualBlocks(int batchSize) {
        endsInTheSameBits(network(Vocabulary.RESIDUAL), bounded(batchSize));
    }

    /** Also with a last batch of one row, and with the running statistics of the best epoch. */
    @ParameterizedTest
    @ValueSource(ints = {16, 149, 1_000})
    void endsInTheSameBitsWithBatchNormalization(int batchSize) {
        endsInTheSameBits(network(Vocabulary.BATCH_NORMALIZED), bounded(batchSize));
        StoppingRule patient = new StoppingRule(null, null, 2, null, null);
        endsInTheSameBits(
                network(Vocabulary.BATCH_NORMALIZED),
                new TrainingSpec(new Momentum(0.01, 0.9, true), EPOCHS, batchSize, Regularizer.NONE, patient, 7));
    }

    @Test
    void dependsOnTheRunningStatistics() {
        Network network = network(Vocabulary.BATCH_NORMALIZED);
        Result calm = new Interrupted(network, bounded(16), Arithmetic.portable(), new Random(0), 0).run();
        Interrupted forgetful = new Interrupted(network, bounded(16), Arithmetic.portable(), new Random(SEED), 1) {
            @Override
            RunState read(byte[] bytes) {
                RunState state = super.read(bytes);
                int learned = state.parameters().matrices().size();
                state.parameters().numbers().stream().skip(learned).forEach(FMatrixRMaj::zero);
                return state;
            }
        };
        assertThat(forgetful.run()).isNotEqualTo(calm);
    }

    private static TrainingSpec bounded(int batchSize) {
        Regularizer bounded = new Regularizer(0, 0.001, 0.8);
        return new TrainingSpec(Adam.of(0.01), EPOCHS, batchSize, bounded, StoppingRule.NONE, 7);
    }

    private static Network network(List<LayerSpec> hidden) {
        return Network.of(NetworkSpec.hidden(hidden.toArray(LayerSpec[]::new)), 5, new Task.Numbers(1));
    }

    private static void endsInTheSameBits(Network network, TrainingSpec spec) {
        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            Result calm = new Interrupted(network, spec, arithmetic, new Random(0), 0).run();
            for (int run = 0; run < RUNS; run++) {
                long seed = SEED + run;
                Result result = new Interrupted(network, spec, arithmetic, new Random(seed), 1 + run).run();
                assertThat(result).as("seed %d, %s", seed, arithmetic).isEqualTo(calm);
            }
        }
    }

    /** What an interruption must not forget: without it the test above would prove nothing. */
    @Test
    void dependsOnTheMemoryOfTheOptimizer() {
        TrainingSpec spec = new TrainingSpec(Adam.of(0.01), EPOCHS, 16, Regularizer.NONE, StoppingRule.NONE, 7);
        Result calm = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(0), 0).run();
        Interrupted forgetful = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(SEED), 1) {
            @Override
            RunState read(byte[] bytes) {
                RunState state = super.read(bytes);
                state.optimizer().slots().get(1).forEach(FMatrixRMaj::zero);
                return state;
            }
        };
        assertThat(forgetful.run()).isNotEqualTo(calm);
    }

    /** The same of the numbers that it remembers beside its matrices, as those of a line search. */
    @Test
    void dependsOnTheNumbersOfTheOptimizer() {
        TrainingSpec spec =
                new TrainingSpec(Lbfgs.remembering(3), 10 * EPOCHS, 16, Regularizer.NONE, StoppingRule.NONE, 7);
        Result calm = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(0), 0).run();
        Interrupted forgetful = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(SEED), 3) {
            @Override
            RunState read(byte[] bytes) {
                RunState state = super.read(bytes);
                Arrays.fill(state.optimizer().numbers(), 0);
                return state;
            }
        };
        assertThat(forgetful.run()).isNotEqualTo(calm);
    }

    @Test
    void dependsOnWhatTheScheduleSaw() {
        TrainingSpec spec = new TrainingSpec(
                new Sgd(0.01),
                new LearningRateSchedule.ReduceOnPlateau(0.5, 1, 1, 0, 0),
                null,
                EPOCHS,
                16,
                Regularizer.NONE,
                StoppingRule.NONE,
                7);
        Result calm = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(0), 0).run();
        Interrupted forgetful = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(SEED), 3) {
            @Override
            RunState read(byte[] bytes) {
                return withoutPlateau(spec, super.read(bytes));
            }
        };
        assertThat(forgetful.run()).isNotEqualTo(calm);
    }

    private static RunState withoutPlateau(TrainingSpec spec, RunState state) {
        RunState.Figures f = state.figures();
        RunState forgetful = RunState.of(
                NETWORK,
                spec,
                new RunState.Figures(
                        f.epoch(),
                        f.batch(),
                        f.total(),
                        f.seconds(),
                        f.lowest(),
                        f.bestEpoch(),
                        f.reference(),
                        f.referenceEpoch(),
                        f.recent(),
                        f.steps(),
                        f.numbers(),
                        f.best(),
                        Plateau.NONE));
        for (int i = 0; i < state.matrices().size(); i++) {
            forgetful.matrices().get(i).setTo(state.matrices().get(i));
        }
        return forgetful;
    }

    /** The same of the order in which the rows come, which follows from the seed and the epoch. */
    @Test
    void dependsOnTheOrderOfTheRows() {
        TrainingSpec spec = new TrainingSpec(Adam.of(0.01), EPOCHS, 16, Regularizer.NONE, StoppingRule.NONE, 7);
        Result calm = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(0), 0).run();
        Interrupted shuffled = new Interrupted(NETWORK, spec, Arithmetic.portable(), new Random(SEED), 1) {
            @Override
            TrainingSpec resumed(TrainingSpec before) {
                return new TrainingSpec(
                        before.optimizer(),
                        before.epochs(),
                        before.batchSize(),
                        before.regularization(),
                        before.stop(),
                        before.seed() + 1);
            }
        };
        assertThat(shuffled.run()).isNotEqualTo(calm);
    }

    /** Whatever a reader can see of a run but its times. */
    private record Result(List<Float> parameters, Stop stop, int epochs, int bestEpoch, List<String> history) {}

    /** A run in several attempts, each going on with the bytes that the one before left. */
    private static class Interrupted {

        private final Network network;
        private TrainingSpec spec;
        private final Arithmetic arithmetic;
        private final Random random;
        private final List<String> history = new ArrayList<>();
        private int interruptions;

        private Interrupted(
                Network network, TrainingSpec spec, Arithmetic arithmetic, Random random, int interruptions) {
            this.network = network;
            this.spec = spec;
            this.arithmetic = arithmetic;
            this.random = random;
            this.interruptions = interruptions;
        }

        private Result run() {
            byte @Nullable [] left = null;
            while (true) {
                Attempt attempt = new Attempt(left == null ? RunState.start(spec, network) : read(left));
                TrainingResult result = attempt.train();
                if (result.stop().reason() != StopReason.CANCELLED) {
                    return result(result);
                }
                left = attempt.left;
                spec = resumed(spec);
            }
        }

        /** What the next attempt is told to do. */
        TrainingSpec resumed(TrainingSpec before) {
            return before;
        }

        RunState read(byte[] bytes) {
            try {
                return RunStateFormat.read(network, spec, new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Result result(TrainingResult result) {
            List<Float> parameters = new ArrayList<>();
            for (FMatrixRMaj matrix : result.parameters().numbers()) {
                for (float number : matrix.data) {
                    parameters.add(number);
                }
            }
            return new Result(parameters, result.stop(), result.epochs(), result.bestEpoch(), history);
        }

        private final class Attempt implements TrainingListener {

            private final RunState from;
            private final int steps;
            private int asked;
            private byte @Nullable [] left;

            private Attempt(RunState from) {
                this.from = from;
                this.steps = interruptions-- > 0 ? random.nextInt(1 + 10 * EPOCHS / 4) : Integer.MAX_VALUE;
            }

            private TrainingResult train() {
                return new Trainer(
                                network,
                                arithmetic,
                                spec,
                                examples(150, 1),
                                examples(40, 2),
                                this,
                                System::nanoTime,
                                new Cores(1 + random.nextInt(3)),
                                new NumberTarget("y", 0.5, 2, true))
                        .train(from);
            }

            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                history.add(report.epoch() + " " + report.trainLoss() + " " + report.validationLoss() + " "
                        + report.learningRate() + " " + report.gradientNorm() + " " + report.metric() + " "
                        + bestEpoch);
            }

            @Override
            public boolean cancelled() {
                return asked++ >= steps;
            }

            @Override
            public void interrupted(RunState state) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    RunStateFormat.write(state, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                left = out.toByteArray();
            }
        }
    }

    private static Examples examples(int rows, long seed) {
        Random random = new Random(seed);
        FMatrixRMaj x = new FMatrixRMaj(rows, 5);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 5; column++) {
                x.set(row, column, (float) random.nextGaussian());
            }
            y.set(row, 0, Math.abs(x.get(row, 0)) - x.get(row, 1) + 0.3f * (float) random.nextGaussian());
        }
        return Examples.of(x, y);
    }
}
