package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a training is said to need beside what it takes. All its buffers are made at the start, so that the bytes that its
 * thread has allocated are about those that it holds at the end, and other threads do not show in them.
 */
class TrainingMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Objects that are no matrices, and reports. */
    private static final long BESIDE = 1 << 20;

    private record Sample(Network network, TrainingSpec spec, int rows, int validation, boolean weighted) {}

    static Stream<Sample> samples() {
        Random random = new Random(7);
        return Stream.generate(() -> sample(random)).limit(40);
    }

    /** The first training also pays for what it links. */
    @BeforeAll
    static void trainOnce() {
        taken(sample(new Random(1)));
    }

    /** Large arrays count as the whole regions that a collector gives them, which may be twice as much. */
    @ParameterizedTest
    @MethodSource("samples")
    void isAtLeastWhatIsTakenAndNotMuchMore(Sample sample) {
        int rows = sample.rows + sample.validation;
        long need = (long) TrainingMemory.ofTraining(sample.network, sample.spec, rows, sample.weighted, 1);
        long taken = taken(sample);

        assertThat(need + BESIDE).as("%d bytes are taken", taken).isGreaterThanOrEqualTo(taken);
        assertThat(need - (long) Judge.bytes(rows, sample.network))
                .as("%d bytes are taken, and nothing is judged", taken)
                .isLessThanOrEqualTo(3 * taken + 4 * BESIDE);
    }

    /** Of the sizes that a spec can name, none overflows; and nothing of them is built. */
    @Test
    void isKnownOfNetworksThatNobodyCouldBuild() {
        TrainingSpec spec = spec(new Adam(0.001, 0.9, 0.999, 1e-8, false), 1 << 30, true);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        double last = 0;
        for (int inputs = 1; inputs > 0; inputs *= 8) {
            Network network = Network.of(hidden(100_000, 100_000), inputs, new Task.Classes(Integer.MAX_VALUE));
            double need = TrainingMemory.ofTraining(network, spec, Long.MAX_VALUE, true, 64);

            assertThat(need).isGreaterThan(last).isGreaterThan(5.0 * Float.BYTES * network.parameterCount());
            assertThat(TrainingMemory.ofExamples(Long.MAX_VALUE, inputs, Integer.MAX_VALUE))
                    .isGreaterThan(1e28);
            last = need;
        }

        assertThat((long) last).isPositive();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
    }

    private static Sample sample(Random random) {
        int inputs = 1 + random.nextInt(300);
        int rows = 2 + random.nextInt(3_000);
        int classes = 2 + random.nextInt(20);
        int[] units = IntStream.range(0, random.nextInt(4))
                .map(layer -> 1 + random.nextInt(900))
                .toArray();
        Task task = random.nextBoolean() ? new Task.Classes(classes) : new Task.Labels(classes);
        List<Optimizer> optimizers = Vocabulary.allOptimizers().toList();
        Optimizer optimizer = optimizers.get(random.nextInt(optimizers.size()));
        return new Sample(
                Network.of(
                        random.nextBoolean() || optimizer instanceof Lbfgs ? hidden(units) : blocks(units),
                        inputs,
                        task),
                spec(optimizer, 1 + random.nextInt(4_000), random.nextBoolean()),
                rows,
                random.nextInt(1_000),
                random.nextBoolean());
    }

    private static NetworkSpec hidden(int... units) {
        return NetworkSpec.hidden(IntStream.of(units)
                .mapToObj(width -> LayerSpec.Dense.of(width, new Activation.Tanh()))
                .toArray(LayerSpec[]::new));
    }

    /** Narrow dense layers, each with a block behind of noise, a dense layer and a normalisation. */
    private static NetworkSpec blocks(int... units) {
        LayerSpec normal = units.length % 2 == 0
                ? new LayerSpec.LayerNormalization(1e-5, new Activation.Silu())
                : new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Silu());
        return NetworkSpec.hidden(IntStream.of(units)
                .mapToObj(width -> LayerSpec.Dense.of(1 + width / 8, new Activation.Tanh()))
                .flatMap(dense -> Stream.of(
                        dense,
                        new LayerSpec.Residual(List.of(new Noise.Dropout(0.5), dense, normal), new Activation.Relu())))
                .toArray(LayerSpec[]::new));
    }

    private static TrainingSpec spec(Optimizer optimizer, int batchSize, boolean patient) {
        StoppingRule stop = patient ? new StoppingRule(null, null, 5, null, null) : StoppingRule.NONE;
        return new TrainingSpec(optimizer, 2, batchSize, Regularizer.NONE, stop, 1);
    }

    private static long taken(Sample sample) {
        Arithmetic arithmetic = Arithmetic.fast();
        Examples training = examples(sample, sample.rows);
        Examples validation = examples(sample, sample.validation);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        new Trainer(
                        sample.network,
                        arithmetic,
                        sample.spec,
                        training,
                        validation,
                        TrainingListener.NONE,
                        System::nanoTime,
                        new Cores(1))
                .train();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Examples examples(Sample sample, int rows) {
        Network network = sample.network;
        FMatrixRMaj y = new FMatrixRMaj(rows, network.outputs());
        for (int row = 0; row < rows; row++) {
            y.set(row, row % network.outputs(), 1);
        }
        Examples examples = Examples.of(new FMatrixRMaj(rows, network.inputs()), y);
        if (!sample.weighted) {
            return examples;
        }
        float[] weights = new float[rows];
        Arrays.fill(weights, 1);
        return new WeightedExamples(examples, weights);
    }
}
