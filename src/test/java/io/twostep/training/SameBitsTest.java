package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.kind.Kinds;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of threads that a training happens to have does not show in its result. */
class SameBitsTest {

    private static final int[] THREADS = {1, 2, 3, 8};

    private static final int DRAWN = 20;

    private static final List<Activation> ACTIVATIONS = List.of(
            new Activation.Identity(),
            new Activation.Relu(),
            new Activation.LeakyRelu(0.1),
            new Activation.Sigmoid(),
            new Activation.Tanh(),
            new Activation.Softplus(),
            new Activation.Elu(1),
            new Activation.Gelu(),
            new Activation.Silu());

    record Case(String name, Network network, TrainingSpec spec, int rows) {

        private Case(String name, List<Integer> hidden, int inputs, int rows, int batchSize) {
            this(name, hidden, inputs, rows, batchSize, 3);
        }

        private Case(String name, List<Integer> hidden, int inputs, int rows, int batchSize, int classes) {
            this(
                    name,
                    Network.of(
                            NetworkSpec.hidden(hidden.stream()
                                    .map(units -> LayerSpec.Dense.of(units, new Activation.Relu()))
                                    .toArray(LayerSpec[]::new)),
                            inputs,
                            new Task.Classes(classes)),
                    new TrainingSpec(Adam.of(0.01), 3, batchSize, new Regularizer(1e-5, 1e-4), StoppingRule.NONE, 7),
                    rows);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                        chosenCases(),
                        vocabularyCases(),
                        noisyCases(),
                        fullBatchCases(),
                        severalCases(),
                        IntStream.range(0, DRAWN).mapToObj(SameBitsTest::drawn))
                .flatMap(cases -> cases);
    }

    /** Every optimiser, with a schedule and a bound for the gradient; and one where products are cut. */
    private static Stream<Case> vocabularyCases() {
        Case four = new Case("", List.of(64, 32), 30, 700, 256);
        Case cut = new Case("", List.of(600, 500), 40, 150, 64);
        Stream<Case> optimizers = IntStream.range(0, Vocabulary.OPTIMIZERS.size())
                .mapToObj(number -> new Case(
                        "optimizer " + number + ", "
                                + Kinds.nameOf(Vocabulary.OPTIMIZERS.get(number).getClass()),
                        four.network,
                        clipped(number),
                        four.rows));
        return Stream.concat(
                optimizers,
                Stream.of(new Case("products cut by columns, clipped by norm", cut.network, clipped(1), cut.rows)));
    }

    private static TrainingSpec clipped(int number) {
        return new TrainingSpec(
                Vocabulary.OPTIMIZERS.get(number),
                Vocabulary.SCHEDULES.get(number % Vocabulary.SCHEDULES.size()),
                number % 3 == 0 ? new Clipping.Value(0.01) : new Clipping.Norm(0.1),
                3,
                256,
                new Regularizer(1e-5, 1e-4),
                StoppingRule.NONE,
                7);
    }

    /** Sums over all parameters, several blocks of rows, and products that are cut. */
    private static Stream<Case> fullBatchCases() {
        Case small = new Case("", List.of(64, 32), 30, 700, 1);
        Case cut = new Case("", List.of(600, 500), 40, 150, 1);
        return Stream.of(
                new Case("lbfgs, four shards", small.network, fullBatch(20), 700),
                new Case("lbfgs, three blocks", small.network, fullBatch(8), 2_500),
                new Case("lbfgs, products cut by columns", cut.network, fullBatch(8), cut.rows));
    }

    private static TrainingSpec fullBatch(int epochs) {
        return new TrainingSpec(Lbfgs.remembering(4), epochs, 1, new Regularizer(0, 1e-4), StoppingRule.NONE, 7);
    }

    /** Several targets, in shards. */
    private static Stream<Case> severalCases() {
        NetworkSpec hidden = NetworkSpec.hidden(LayerSpec.Dense.of(64, new Activation.Relu()));
        TrainingSpec spec = new TrainingSpec(Adam.of(0.01), 3, 256, new Regularizer(1e-5, 1e-4), StoppingRule.NONE, 7);
        return Stream.of(
                new Case("five numbers", Network.of(hidden, 30, new Task.Numbers(5)), spec, 700),
                new Case("five labels", Network.of(hidden, 30, new Task.Labels(5)), spec, 700));
    }

    /** Where each number's noise must not depend on who disturbs it: in shards, and in products that are cut. */
    private static Stream<Case> noisyCases() {
        Regularizer bounded = new Regularizer(0, 1e-4, 0.5);
        return Stream.of(
                noisy("noise, normalisation and bounded norms in shards", 40, 700, 256, bounded),
                noisy("noise, normalisation and bounded norms, products cut", 600, 150, 64, bounded),
                residual("residual blocks in shards", 40, 700, 256),
                residual("residual blocks, products cut", 600, 150, 64),
                batchNormalized("batch normalisation, small products cut", 100, 700, 256),
                batchNormalized("batch normalisation, large products cut, last batch of one row", 600, 129, 64));
    }

    private static Case batchNormalized(String name, int units, int rows, int batchSize) {
        LayerSpec linear = LayerSpec.Dense.of(units, new Activation.Identity());
        LayerSpec normal = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu());
        NetworkSpec spec = NetworkSpec.hidden(
                normal,
                linear,
                normal,
                new Noise.Dropout(0.2),
                new LayerSpec.Residual(List.of(linear, normal), new Activation.Relu()));
        return new Case(
                name,
                Network.of(spec, 30, new Task.Classes(3)),
                new TrainingSpec(
                        Adam.of(0.01),
                        3,
                        batchSize,
                        new Regularizer(1e-5, 1e-4, 0.5),
                        new StoppingRule(null, 0.01, 2, null, null),
                        7),
                rows);
    }

    private static Case residual(String name, int units, int rows, int batchSize) {
        LayerSpec relu = LayerSpec.Dense.of(units, new Activation.Relu());
        LayerSpec linear = LayerSpec.Dense.of(units, new Activation.Identity());
        NetworkSpec spec = NetworkSpec.hidden(
                new LayerSpec.Residual(
                        List.of(relu, new Noise.Dropout(0.2), LayerSpec.Dense.of(30, new Activation.Tanh())),
                        new Activation.Identity()),
                linear,
                new LayerSpec.Residual(
                        List.of(new Noise.Gaussian(0.1), relu, new Noise.Dropout(0.2)), new Activation.Relu()),
                new Noise.Dropout(0.1));
        return new Case(
                name,
                Network.of(spec, 30, new Task.Classes(3)),
                new TrainingSpec(Adam.of(0.01), 3, batchSize, Regularizer.NONE, StoppingRule.NONE, 7),
                rows);
    }

    private static Case noisy(String name, int units, int rows, int batchSize, Regularizer regularizer) {
        NetworkSpec spec = NetworkSpec.hidden(
                new Noise.Gaussian(0.1),
                LayerSpec.Dense.of(units, new Activation.Relu()),
                new Noise.Dropout(0.5),
                new LayerSpec.LayerNormalization(1e-5, new Activation.Relu()),
                LayerSpec.Dense.of(500, new Activation.Identity()),
                new Noise.Dropout(0.2),
                new Noise.Gaussian(0.1));
        return new Case(
                name,
                Network.of(spec, 30, new Task.Classes(3)),
                new TrainingSpec(Adam.of(0.01), 3, batchSize, regularizer, StoppingRule.NONE, 7),
                rows);
    }

    private static Stream<Case> chosenCases() {
        return Stream.of(
                new Case("one shard", List.of(8, 8), 2, 100, 32),
                new Case("four shards", List.of(64, 32), 30, 700, 256),
                new Case("full batch, uneven shards", List.of(50, 20), 30, 203, 1_000),
                new Case("last batch of one row", List.of(64, 32), 30, 257, 256),
                new Case("products cut by columns", List.of(600, 500), 40, 150, 64),
                new Case("softmax over columns cut", List.of(600), 40, 150, 64, 500));
    }

    private static Case drawn(int number) {
        Random random = new Random(number);
        LayerSpec[] layers = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(layer -> LayerSpec.Dense.of(4 + random.nextInt(90), any(ACTIVATIONS, random)))
                .toArray(LayerSpec[]::new);
        Network network = Network.of(
                NetworkSpec.hidden(layers),
                2 + random.nextInt(30),
                random.nextBoolean() ? new Task.Numbers(1) : new Task.Classes(2 + random.nextInt(5)));
        TrainingSpec spec = new TrainingSpec(
                any(
                        List.of(
                                new Sgd(0.01),
                                new Momentum(0.01, 0.9, false),
                                new Momentum(0.01, 0.9, true),
                                Adam.of(0.01)),
                        random),
                5,
                any(List.of(16, 64, 256, 1_000), random),
                any(List.of(Regularizer.NONE, new Regularizer(1e-4, 0), new Regularizer(0, 1e-3)), random),
                any(List.of(StoppingRule.NONE, new StoppingRule(null, 0.01, 2, null, null)), random),
                number);
        return new Case("drawn " + number, network, spec, 200 + random.nextInt(500));
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
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
            if (arithmetic == Arithmetic.portable()) {
                assertThat(hashes).as("%s, on every machine and Java", test).containsExactly(known().get(test.name));
            }
        }
    }

    /** What portable arithmetic made of each case when it was committed, on Java 17 and x86-64. */
    private static Map<String, String> known() throws IOException {
        try (InputStream file = SameBitsTest.class.getResourceAsStream("/golden/same-bits.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(words -> words[1], words -> words[0]));
        }
    }

    /** The test above would be worth nothing if no helper ever came: the same steps with a crew that is looked at. */
    @ParameterizedTest
    @MethodSource("sharedCases")
    void helpersDoDoTheirPart(Case test) {
        Network network = test.network;
        TrainingSpec spec = test.spec;
        Examples examples = examples(test, test.rows, 1);
        Partition partition = Partition.of(network, Math.min(spec.batchSize(), test.rows));
        try (Crew crew = new Crew(new Cores(2))) {
            RunState run = RunState.start(spec, network);
            Steps steps = new Steps(network, Arithmetic.fast(), spec, examples, partition, crew, run);
            for (int epoch = 1; crew.helped() == 0 && epoch < 10_000; epoch++) {
                steps.beginEpoch(epoch);
                for (int batch = 0; batch < steps.count(); batch++) {
                    steps.step(batch);
                }
            }
            assertThat(crew.helped()).isPositive();
        }
    }

    static Stream<Case> sharedCases() {
        return chosenCases().skip(1);
    }

    /** SHA-256 of the history and of all parameters. */
    private static String train(Case test, Arithmetic arithmetic, Cores cores) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                ByteBuffer numbers = ByteBuffer.allocate(3 * Double.BYTES);
                numbers.putDouble(report.trainLoss())
                        .putDouble(report.validationLoss())
                        .putDouble(report.gradientNorm());
                digest.update(numbers.array());
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        Examples training = examples(test, test.rows, 1);
        Examples validation = examples(test, 600, 2);
        TrainingResult result = new Trainer(
                        test.network, arithmetic, test.spec, training, validation, listener, System::nanoTime, cores)
                .train();
        for (FMatrixRMaj matrix : result.parameters().numbers()) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * matrix.getNumElements());
            bytes.asFloatBuffer().put(matrix.data);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Examples examples(Case test, int rows, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.SPLIT);
        int inputs = test.network.inputs();
        int outputs = test.network.outputs();
        boolean isClass = outputs > 1;
        FMatrixRMaj x = new FMatrixRMaj(rows, inputs);
        FMatrixRMaj y = new FMatrixRMaj(rows, outputs);
        for (int row = 0; row < rows; row++) {
            for (int input = 0; input < inputs; input++) {
                x.set(row, input, (float) random.nextGaussian());
            }
            y.set(row, random.nextInt(outputs), isClass ? 1 : (float) random.nextGaussian());
        }
        return Examples.of(x, y);
    }
}
