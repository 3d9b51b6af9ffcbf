package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Between one batch and the next nothing is allocated, once the second compiler has seen the loop: so in a JVM of its own,
 * which has both compilers, as the service has.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int BATCHES = 200;

    /** Of a batch: where kinds of all sorts were seen before, the compiler may leave one object that it could do without. */
    private static final int SMALL = 64;

    @Test
    void isNotDoneInTheBatchLoop() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Trial.class.getName())
                .redirectError(Redirect.DISCARD)
                .start();

        assertThat(process.inputReader().lines())
                .as("bytes in an epoch of " + BATCHES + " batches")
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(
                                        "[8, 8]",
                                        "[64, 32]",
                                        "[600, 500]",
                                        "[64, 32] with weights",
                                        "noise",
                                        "residual blocks",
                                        "batch normalisation",
                                        "lbfgs"),
                                vocabulary().map(AllocationTest::name))
                        .map(trial -> trial + ": 0")
                        .toList());
        assertThat(process.waitFor()).isZero();
    }

    /**
     * Prints what is allocated by one thread, by one with shards, with cut products, with weights, and with every optimiser
     * and schedule.
     */
    static final class Trial {
        public static void main(String[] arguments) {
            for (List<Integer> hidden : List.of(List.of(8, 8), List.of(64, 32), List.of(600, 500))) {
                System.out.println(hidden + ": " + bytesInAnEpoch(hidden, false));
            }
            System.out.println(List.of(64, 32) + " with weights: " + bytesInAnEpoch(List.of(64, 32), true));
            System.out.println("noise: " + bytesInAnEpoch(Vocabulary.NOISY));
            System.out.println("residual blocks: " + bytesInAnEpoch(Vocabulary.RESIDUAL));
            System.out.println("batch normalisation: " + bytesInAnEpoch(Vocabulary.BATCH_NORMALIZED));
            System.out.println("lbfgs: " + bytesOfAFullBatch() / SMALL);
            vocabulary()
                    .forEach(spec -> System.out.println(
                            name(spec) + ": " + bytesInAnEpoch(List.of(20), false, spec) / SMALL / BATCHES));
        }
    }

    /** A step of lbfgs is an epoch, so that the steps are made without what comes between epochs. */
    private static long bytesOfAFullBatch() {
        Network network =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(20, new Activation.Tanh())), 30, new Task.Classes(3));
        FMatrixRMaj x = new FMatrixRMaj(1_500, 30);
        FMatrixRMaj y = new FMatrixRMaj(1_500, 3);
        for (int row = 0; row < y.numRows; row++) {
            x.set(row, row % 30, 1 + row % 7);
            y.set(row, row * 7 % 3, 1);
        }
        TrainingSpec spec =
                new TrainingSpec(new Lbfgs(1, 10, 1e-4, 0.1, 0), 1, 1, new Regularizer(0, 1e-4), StoppingRule.NONE, 1);
        long fewest = Long.MAX_VALUE;
        for (int run = 0; run < 100 && fewest > SMALL; run++) {
            try (Crew crew = new Crew(new Cores(1))) {
                EpochSteps steps = EpochSteps.of(
                        network, Arithmetic.fast(), spec, Examples.of(x, y), crew, RunState.start(spec, network));
                steps.beginEpoch(1);
                steps.step(0);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < 50; step++) {
                    steps.step(0);
                }
                fewest = Math.min(fewest, (THREADS.getCurrentThreadAllocatedBytes() - before) / 50);
            }
        }
        return fewest;
    }

    private static String name(TrainingSpec spec) {
        return spec.optimizer() + ", " + spec.schedule();
    }

    private static Stream<TrainingSpec> vocabulary() {
        int optimizers = Vocabulary.OPTIMIZERS.size();
        int schedules = Vocabulary.SCHEDULES.size();
        return IntStream.range(0, Math.max(optimizers, schedules))
                .mapToObj(i -> new TrainingSpec(
                        Vocabulary.OPTIMIZERS.get(i % optimizers),
                        Vocabulary.SCHEDULES.get(i % schedules),
                        i % 3 > 0 ? new Clipping.Norm(0.1) : new Clipping.Value(0.1),
                        Meter.MOST_EPOCHS,
                        128,
                        new Regularizer(0, 1e-4),
                        StoppingRule.NONE,
                        1));
    }

    private static long bytesInAnEpoch(List<LayerSpec> layers) {
        return bytesInAnEpoch(NetworkSpec.hidden(layers.toArray(LayerSpec[]::new)), false, noisy());
    }

    private static TrainingSpec noisy() {
        return new TrainingSpec(
                Adam.of(0.001), Meter.MOST_EPOCHS, 128, new Regularizer(0, 0, 1.0), StoppingRule.NONE, 1);
    }

    private static long bytesInAnEpoch(List<Integer> hidden, boolean weighted) {
        return bytesInAnEpoch(
                hidden,
                weighted,
                new TrainingSpec(
                        Adam.of(0.001), Meter.MOST_EPOCHS, 128, new Regularizer(0, 1e-4), StoppingRule.NONE, 1));
    }

    private static long bytesInAnEpoch(List<Integer> hidden, boolean weighted, TrainingSpec spec) {
        LayerSpec[] layers = hidden.stream()
                .map(units -> LayerSpec.Dense.of(units, new Activation.Relu()))
                .toArray(LayerSpec[]::new);
        return bytesInAnEpoch(NetworkSpec.hidden(layers), weighted, spec);
    }

    private static long bytesInAnEpoch(NetworkSpec layers, boolean weighted, TrainingSpec spec) {
        int inputs = layers.inputs(30);
        Network network = Network.of(layers, inputs, new Task.Classes(3));
        FMatrixRMaj x = new FMatrixRMaj(128 * BATCHES, inputs);
        FMatrixRMaj y = new FMatrixRMaj(128 * BATCHES, 3);
        for (int row = 0; row < y.numRows; row++) {
            x.set(row, row % inputs, 1);
            y.set(row, row % 3, 1);
        }
        Meter meter = new Meter();
        new Trainer(
                        network,
                        Arithmetic.fast(),
                        spec,
                        weighted ? weighted(Examples.of(x, y)) : Examples.of(x, y),
                        Examples.of(new FMatrixRMaj(0, inputs), new FMatrixRMaj(0, 3)),
                        meter,
                        System::nanoTime,
                        new Cores(2))
                .train();

        return meter.fewestBytes;
    }

    private static Examples weighted(Examples examples) {
        float[] weights = new float[examples.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = 0.5f + row % 2;
        }
        return new WeightedExamples(examples, weights);
    }

    /** Looks at what the training thread has allocated, before each batch; stops after an epoch without anything. */
    private static final class Meter implements TrainingListener {

        private static final int MOST_EPOCHS = 400;

        private long fewestBytes = Long.MAX_VALUE;
        private long[] crew = {};
        private int batch;
        private long atFirstBatch;

        @Override
        public void epochFinished(EpochReport report, int bestEpoch) {
            batch = 0;
        }

        @Override
        public boolean cancelled() {
            batch++;
            if (batch == 2) {
                allocated();
                atFirstBatch = allocated();
            } else if (batch == BATCHES) {
                fewestBytes = Math.min(fewestBytes, allocated() - atFirstBatch);
            }
            return fewestBytes == 0;
        }

        /** By the training thread and its helpers, which are found at the first look. */
        private long allocated() {
            if (crew.length == 0) {
                String helpers = Thread.currentThread().getName() + "-helper";
                crew = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread == Thread.currentThread()
                                || thread.getName().startsWith(helpers))
                        .mapToLong(Thread::getId)
                        .toArray();
            }
            long sum = 0;
            for (long thread : crew) {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread));
            }
            return sum;
        }
    }
}
