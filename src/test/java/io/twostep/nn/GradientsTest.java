package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Back-propagated gradients against central differences of a forward pass in double precision, for every activation
 * with every loss it may meet, 0, 1 and 3 hidden layers, with and without a regulariser; and through normalisation
 * and residual blocks.
 *
 * <p>Points that a difference could push over a kink (of ReLU, of |r|, of Huber) are drawn again.
 */
class GradientsTest {

    private static final int ROWS = 5;
    private static final int INPUTS = 3;
    private static final double STEP = 1e-5;
    private static final double KINK_MARGIN = 1e-3;
    private static final double TOLERANCE = 1e-4;

    private static final List<Activation> ACTIVATIONS = List.of(
            new Activation.Identity(),
            new Activation.Relu(),
            new Activation.LeakyRelu(0.1),
            new Activation.Sigmoid(),
            new Activation.Tanh(),
            new Activation.Softplus(),
            new Activation.Exponential(),
            new Activation.Elu(0.7),
            new Activation.Gelu(),
            new Activation.Silu(),
            new Activation.Softmax());

    private static final List<Loss> LOSSES = List.of(
            new Loss.SumOfSquaredResiduals(),
            new Loss.MeanSquaredError(),
            new Loss.MeanAbsoluteError(),
            new Loss.Huber(0.5),
            new LogCosh(),
            new QuantileLoss(0.8),
            new PoissonLoss(),
            new Loss.BinaryCrossEntropy(),
            new Loss.BinaryCrossEntropy(0.2),
            new Loss.CategoricalCrossEntropy(),
            new Loss.CategoricalCrossEntropy(0.1),
            new FocalLoss(2),
            new FocalLoss(0.5));

    record Case(NetworkSpec spec, Task task, Regularizer regularizer) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Regularizer regularizer : List.of(Regularizer.NONE, new Regularizer(0.01, 0.1))) {
            for (int depth : new int[] {0, 1, 3}) {
                for (Activation activation : ACTIVATIONS) {
                    for (Loss loss : LOSSES) {
                        outputsFor(activation, loss, depth)
                                .forEach(output -> cases.add(new Case(
                                        new NetworkSpec(hidden(activation, depth), output),
                                        task(output),
                                        regularizer)));
                    }
                }
            }
        }
        return Stream.of(cases.stream(), normalizing(), batchNormalizing(), residual(), ofLabels())
                .flatMap(some -> some);
    }

    /** Of which each has a probability of its own. */
    private static Stream<Case> ofLabels() {
        return Stream.of(new Loss.BinaryCrossEntropy(), new Loss.BinaryCrossEntropy(0.2))
                .map(loss -> new NetworkSpec(hidden(new Activation.Tanh(), 1), new OutputSpec(null, loss)))
                .map(spec -> new Case(spec, new Task.Labels(3), new Regularizer(0.01, 0.1)));
    }

    /** At the beginning, at the end and in between, with and without a bend of their own. */
    private static Stream<Case> normalizing() {
        LayerSpec straight = new LayerSpec.LayerNormalization(1e-5, new Activation.Identity());
        LayerSpec bent = new LayerSpec.LayerNormalization(0.1, new Activation.Relu());
        LayerSpec tanh = hidden(new Activation.Tanh(), 1).get(0);
        LayerSpec linear = hidden(new Activation.Identity(), 1).get(0);
        return forBothTasks(
                NetworkSpec.hidden(straight),
                NetworkSpec.hidden(tanh, straight),
                NetworkSpec.hidden(linear, bent),
                NetworkSpec.hidden(bent, tanh, straight, linear, bent, straight));
    }

    /** The same over the rows of a batch, and within a residual block. */
    private static Stream<Case> batchNormalizing() {
        LayerSpec straight = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Identity());
        LayerSpec bent = new LayerSpec.BatchNormalization(0.1, 0.1, new Activation.Relu());
        LayerSpec smooth = new LayerSpec.BatchNormalization(0.1, 0.1, new Activation.Silu());
        LayerSpec tanh = hidden(new Activation.Tanh(), 1).get(0);
        LayerSpec linear = hidden(new Activation.Identity(), 1).get(0);
        return forBothTasks(
                NetworkSpec.hidden(straight),
                NetworkSpec.hidden(tanh, straight),
                NetworkSpec.hidden(linear, bent),
                NetworkSpec.hidden(smooth, tanh, bent, linear, smooth),
                NetworkSpec.hidden(linear, block(new Activation.Relu(), smooth, linear, bent), tanh));
    }

    /** Past the inputs, a hidden layer and a normalisation, two from the same place, with and without a bend of their own. */
    private static Stream<Case> residual() {
        Initializer start = new Initializer.Uniform(-1, 1);
        LayerSpec asWide = new LayerSpec.Dense(INPUTS, new Activation.Tanh(), start, start);
        LayerSpec normal = new LayerSpec.LayerNormalization(0.1, new Activation.Relu());
        LayerSpec tanh = hidden(new Activation.Tanh(), 1).get(0);
        LayerSpec linear = hidden(new Activation.Identity(), 1).get(0);
        LayerSpec silu = hidden(new Activation.Silu(), 1).get(0);
        return forBothTasks(
                NetworkSpec.hidden(block(new Activation.Identity(), asWide)),
                NetworkSpec.hidden(block(new Activation.Sigmoid(), normal)),
                NetworkSpec.hidden(tanh, block(new Activation.Identity(), silu, linear)),
                NetworkSpec.hidden(tanh, block(new Activation.Relu(), tanh, linear), tanh),
                NetworkSpec.hidden(
                        linear, block(new Activation.Tanh(), block(new Activation.Relu(), linear, normal), tanh)),
                NetworkSpec.hidden(
                        tanh,
                        block(new Activation.Identity(), normal, linear),
                        block(new Activation.Identity(), silu, block(new Activation.Identity(), linear))));
    }

    private static LayerSpec block(Activation activation, LayerSpec... layers) {
        return new LayerSpec.Residual(List.of(layers), activation);
    }

    private static Stream<Case> forBothTasks(NetworkSpec... specs) {
        return Stream.of(specs)
                .flatMap(spec -> Stream.of(new Task.Numbers(2), new Task.Classes(3))
                        .map(task -> new Case(spec, task, Regularizer.NONE)));
    }

    /** The activation as the output itself where the loss allows it, and below the loss's usual output. */
    private static Stream<OutputSpec> outputsFor(Activation activation, Loss loss, int depth) {
        Stream<OutputSpec> asOutput =
                loss.fits(activation) ? Stream.of(new OutputSpec(activation, loss)) : Stream.empty();
        Stream<OutputSpec> below = depth > 0 && !(activation instanceof Activation.Softmax)
                ? usualOutputs(loss).map(output -> new OutputSpec(output, loss))
                : Stream.empty();
        return Stream.concat(asOutput, below).distinct();
    }

    private static Stream<Activation> usualOutputs(Loss loss) {
        return loss instanceof PoissonLoss || loss.ofClasses()
                ? ACTIVATIONS.stream().filter(loss::fits)
                : Stream.of(new Activation.Identity());
    }

    private static Task task(OutputSpec output) {
        Loss loss = Objects.requireNonNull(output.loss());
        if (!loss.ofClasses()) {
            return new Task.Numbers(2);
        }
        return new Task.Classes(output.activation() instanceof Activation.Softmax ? 3 : 2);
    }

    private static List<LayerSpec> hidden(Activation activation, int depth) {
        Activation bend = activation instanceof Activation.Softmax ? new Activation.Tanh() : activation;
        Initializer biases = new Initializer.Uniform(-0.5, 0.5);
        double most = bend instanceof Activation.Exponential ? 0.25 : 1; // three of them grow fast
        Initializer weights = new Initializer.Uniform(-most, most);
        return Stream.generate(() -> (LayerSpec) new LayerSpec.Dense(4, bend, weights, biases))
                .limit(depth)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithCentralDifferences(Case test) {
        Network network = Network.of(test.spec(), INPUTS, test.task());
        for (Arithmetic arithmetic : List.of(Arithmetic.fast(), Arithmetic.portable())) {
            Point point = pointAwayFromKinks(network, test.task());
            Gradients gradients = Gradients.of(network);
            new Backpropagation(network, arithmetic)
                    .lossAndGradients(
                            point.parameters,
                            matrix(point.x),
                            matrix(point.y),
                            Workspace.forTraining(network, ROWS),
                            gradients);
            test.regularizer().addGradient(point.parameters, gradients);
            assertThat(relativeError(gradients, numeric(network, point, test.regularizer())))
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /** Against the differences of the sum of each row's own loss, times its weight. */
    @ParameterizedTest
    @MethodSource("cases")
    void multipliesRowsByTheirWeights(Case test) {
        Network network = Network.of(test.spec(), INPUTS, test.task());
        Point point = pointAwayFromKinks(network, test.task());
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        FMatrixRMaj x = matrix(point.x);
        FMatrixRMaj weights = new FMatrixRMaj(ROWS, 1, true, 0.5f, 2, 0, 1, 1.5f);
        Workspace workspace = Workspace.forTraining(network, ROWS);
        Gradients gradients = Gradients.of(network);

        double total = backpropagation.propagate(point.parameters, x, matrix(point.y), weights, ROWS, workspace);
        for (int layer = 0; layer < network.layers().size(); layer++) {
            backpropagation.weightGradient(layer, null, x, workspace, gradients, false);
            backpropagation.biasGradient(layer, x, workspace, gradients, false);
        }

        double[] rowWeights =
                IntStream.range(0, ROWS).mapToDouble(row -> weights.data[row]).toArray();
        Point weighted = new Point(point.parameters, point.x, point.y, rowWeights);
        double expected = new DoubleNetwork(network, point.parameters).loss(point.x, point.y, rowWeights);
        List<double[]> slopes = numeric(network, weighted, Regularizer.NONE);
        assertThat(relativeError(gradients, slopes)).isLessThanOrEqualTo(TOLERANCE);
        assertThat(backpropagation.loss(total, ROWS))
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsTheLossOfTheDefinition(Case test) {
        Network network = Network.of(test.spec(), INPUTS, test.task());
        Point point = pointAwayFromKinks(network, test.task());
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        FMatrixRMaj predicted =
                backpropagation.forward(point.parameters, matrix(point.x), Workspace.forPrediction(network, ROWS));
        double loss = backpropagation.loss(backpropagation.total(predicted, matrix(point.y), null), ROWS);
        double expected = new DoubleNetwork(network, point.parameters, false).loss(point.x, point.y, point.rowWeights);
        assertThat(loss)
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
    }

    /** A single row has no variance, so it meets the running statistics, which do not depend on it. */
    @Test
    void normalizesASingleRowAsInPredictions() {
        LayerSpec normal = new LayerSpec.BatchNormalization(0.1, 0.1, new Activation.Tanh());
        LayerSpec linear = hidden(new Activation.Identity(), 1).get(0);
        Task task = new Task.Numbers(2);
        Network network = Network.of(NetworkSpec.hidden(linear, normal, linear), INPUTS, task);
        Point many = point(network, task, 3);
        Point alone = new Point(many.parameters, many.x.subList(0, 1), many.y.subList(0, 1));
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        Workspace workspace = Workspace.forTraining(network, ROWS);
        Gradients gradients = Gradients.of(network);
        backpropagation.lossAndGradients(alone.parameters, matrix(alone.x), matrix(alone.y), workspace, gradients);

        assertThat(relativeError(gradients, numeric(network, alone, Regularizer.NONE)))
                .isLessThanOrEqualTo(TOLERANCE);

        RunningStatistics running = alone.parameters.layers().get(1).running();
        RunningStatistics before = running.copy();
        backpropagation.moveStatistics(1, alone.parameters, workspace, 1);
        assertThat(running.mean().data).isEqualTo(before.mean().data);
        assertThat(running.variance().data).isEqualTo(before.variance().data);
    }

    @Test
    void coversEveryKind() {
        assertThat(ACTIVATIONS).hasSameSizeAs(kinds(Activation.class).toList());
        assertThat(LOSSES.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds(Loss.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(GradientsTest::kinds)
                : Stream.of(family);
    }

    /** The largest difference, relative to the length of the numeric gradient of its layer's matrix. */
    private static double relativeError(Gradients gradients, List<double[]> numeric) {
        double worst = 0;
        for (int m = 0; m < numeric.size(); m++) {
            double difference = 0;
            double length = 0;
            for (int i = 0; i < numeric.get(m).length; i++) {
                difference += Math.pow(gradients.matrices().get(m).data[i] - numeric.get(m)[i], 2);
                length += Math.pow(numeric.get(m)[i], 2);
            }
            worst = Math.max(worst, Math.sqrt(difference) / Math.max(Math.sqrt(length), 1e-3));
        }
        return worst;
    }

    private static List<double[]> numeric(Network network, Point point, Regularizer regularizer) {
        DoubleNetwork reference = new DoubleNetwork(network, point.parameters);
        List<double[]> numeric = new ArrayList<>();
        for (int l = 0; l < network.layers().size(); l++) {
            double[][] w = reference.weights()[l];
            int units = network.layers().get(l).units();
            double[] slopes = new double[w.length * units];
            for (int i = 0; i < slopes.length; i++) {
                double[] row = w[i / units];
                double weight = row[i % units];
                slopes[i] = difference(reference, point, row, i % units)
                        + (penalty(regularizer, weight + STEP) - penalty(regularizer, weight - STEP)) / (2 * STEP);
            }
            numeric.add(slopes);
            double[] b = reference.biases()[l];
            double[] biasSlopes = new double[b.length];
            for (int j = 0; j < b.length; j++) {
                biasSlopes[j] = difference(reference, point, b, j);
            }
            numeric.add(biasSlopes);
        }
        return numeric;
    }

    private static double penalty(Regularizer regularizer, double weight) {
        return regularizer.l1() * Math.abs(weight) + regularizer.l2() * weight * weight / 2;
    }

    private static double difference(DoubleNetwork reference, Point point, double[] place, int index) {
        double here = place[index];
        place[index] = here + STEP;
        double above = reference.loss(point.x, point.y, point.rowWeights);
        place[index] = here - STEP;
        double below = reference.loss(point.x, point.y, point.rowWeights);
        place[index] = here;
        return (above - below) / (2 * STEP);
    }

    private record Point(Parameters parameters, List<double[]> x, List<double[]> y, double[] rowWeights) {

        private Point(Parameters parameters, List<double[]> x, List<double[]> y) {
            this(parameters, x, y, x.stream().mapToDouble(row -> 1).toArray());
        }
    }

    private static Point pointAwayFromKinks(Network network, Task task) {
        for (long seed = 0; seed < 1000; seed++) {
            Point point = point(network, task, seed);
            if (new DoubleNetwork(network, point.parameters).smallestDistanceToKink(point.x, point.y) > KINK_MARGIN) {
                return point;
            }
        }
        throw new AssertionError("no point away from kinks for " + network);
    }

    private static Point point(Network network, Task task, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.SPLIT);
        List<double[]> x = new ArrayList<>();
        List<double[]> y = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            x.add(new double[INPUTS]);
            y.add(new double[network.outputs()]);
            for (int i = 0; i < INPUTS; i++) {
                x.get(row)[i] = (float) random.nextGaussian();
            }
            if (task instanceof Task.Numbers) {
                for (int k = 0; k < network.outputs(); k++) {
                    double value = random.nextGaussian();
                    y.get(row)[k] = (float) (network.loss().leastTarget() == 0 ? Math.abs(value) : value);
                }
            } else if (task instanceof Task.Labels || network.outputs() == 1) {
                for (int k = 0; k < network.outputs(); k++) {
                    y.get(row)[k] = random.nextInt(2);
                }
            } else {
                y.get(row)[random.nextInt(network.outputs())] = 1;
            }
        }
        Parameters parameters = Parameters.initialize(network, seed);
        for (int l = 0; l < network.layers().size(); l++) {
            if (!network.layers().get(l).hasIncomingWeights()) {
                shake(parameters.layers().get(l), random);
            }
        }
        return new Point(parameters, x, y);
    }

    /** Gains and biases that have learned something. */
    private static void shake(LayerTensors layer, RandomStream random) {
        for (int j = 0; j < layer.biases().getNumElements(); j++) {
            layer.weights().data[j] += (float) (0.3 * random.nextGaussian());
            layer.biases().data[j] += (float) (0.3 * random.nextGaussian());
        }
        RunningStatistics running = layer.statistics();
        for (int j = 0; running != null && j < running.mean().numCols; j++) {
            running.mean().data[j] = (float) random.nextGaussian();
            running.variance().data[j] = 0.5f + random.nextInt(100) / 100f;
        }
    }

    private static FMatrixRMaj matrix(List<double[]> rows) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows.size(), rows.get(0).length);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < matrix.numCols; i++) {
                matrix.set(row, i, (float) rows.get(row)[i]);
            }
        }
        return matrix;
    }
}
