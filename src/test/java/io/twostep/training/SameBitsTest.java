package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of threads that a training happens to have does not show in its result. */
class SameBitsTest {

    private static final int[] THREADS = {1, 2, 3, 8};

    record Case(String name, List<Integer> hidden, int inputs, int rows, int batchSize, int classes) {
        private Case(String name, List<Integer> hidden, int inputs, int rows, int batchSize) {
            this(name, hidden, inputs, rows, batchSize, 3);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("one shard", List.of(8, 8), 2, 100, 32),
                new Case("four shards", List.of(64, 32), 30, 700, 256),
                new Case("full batch, uneven shards", List.of(50, 20), 30, 203, 1_000),
                new Case("last batch of one row", List.of(64, 32), 30, 257, 256),
                new Case("products cut by columns", List.of(600, 500), 40, 150, 64),
                new Case("softmax over columns cut", List.of(600), 40, 150, 64, 500));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doNotDependOnTheNumberOfThreads(Case test) throws Exception {
        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            Set<String> hashes = new TreeSet<>();
            for (int threads : THREADS) {
                hashes.add(train(test, arithmetic, new Cores(threads)));
            }
            assertThat(hashes).as(arithmetic.name()).hasSize(1);
        }
    }

    /** The test above would be worth nothing if no helper ever came: the same steps with a crew that is looked at. */
    @ParameterizedTest
    @MethodSource("sharedCases")
    void helpersDoDoTheirPart(Case test) {
        Network network = network(test);
        TrainingSpec spec = spec(test, 1);
        Examples examples = examples(test, test.rows, 1);
        Partition partition = Partition.of(network, Math.min(test.batchSize, test.rows));
        try (Crew crew = new Crew(new Cores(2))) {
            RunState run = RunState.start(spec, network);
            Steps steps = new Steps(network, Arithmetic.fast(), spec, examples, partition, crew, run);
            for (int epoch = 1; crew.helped() == 0 && epoch < 10_000; epoch++) {
                steps.beginEpoch(RandomStream.of(7, Purpose.SHUFFLE, epoch));
                for (int batch = 0; batch < steps.batches(); batch++) {
                    steps.step(batch);
                }
            }
            assertThat(crew.helped()).isPositive();
        }
    }

    static Stream<Case> sharedCases() {
        return cases().skip(1);
    }

    /** SHA-256 of the history and of all parameters. */
    private static String train(Case test, Arithmetic arithmetic, Cores cores) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Network network = network(test);
        TrainingSpec spec = spec(test, 3);
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                String line = report.trainLoss() + " " + report.validationLoss() + " " + report.gradientNorm();
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        Examples training = examples(test, test.rows, 1);
        Examples validation = examples(test, 600, 2);
        TrainingResult result =
                new Trainer(network, arithmetic, spec, training, validation, listener, System::nanoTime, cores).train();
        for (FMatrixRMaj matrix : result.parameters().matrices()) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * matrix.getNumElements());
            bytes.asFloatBuffer().put(matrix.data);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Network network(Case test) {
        LayerSpec[] layers = test.hidden.stream()
                .map(units -> LayerSpec.Dense.of(units, new Activation.Relu()))
                .toArray(LayerSpec[]::new);
        return Network.of(NetworkSpec.hidden(layers), test.inputs, new Task.Classes(test.classes));
    }

    private static TrainingSpec spec(Case test, int epochs) {
        return new TrainingSpec(
                Optimizer.Adam.of(0.01), epochs, test.batchSize, new Regularizer(1e-5, 1e-4), StoppingRule.NONE, 7);
    }

    private static Examples examples(Case test, int rows, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.SPLIT);
        FMatrixRMaj x = new FMatrixRMaj(rows, test.inputs);
        FMatrixRMaj y = new FMatrixRMaj(rows, test.classes);
        for (int row = 0; row < rows; row++) {
            for (int input = 0; input < test.inputs; input++) {
                x.set(row, input, (float) random.nextGaussian());
            }
            y.set(row, random.nextInt(test.classes), 1);
        }
        return Examples.of(x, y);
    }
}
