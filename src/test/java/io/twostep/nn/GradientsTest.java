package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Back-propagated gradients against central differences of a forward pass in double precision, for every activation
 * with every loss it may meet, 0, 1 and 3 hidden layers, with and without a regulariser; and through normalisation.
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
        return Stream.of(cases.stream(), normalizing(), ofLabels()).flatMap(some -> some);
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
        return Stream.of(
                        NetworkSpec.hidden(straight),
                        NetworkSpec.hidden(tanh, straight),
                        NetworkSpec.hidden(linear, bent),
                        NetworkSpec.hidden(bent, tanh, straight, linear, bent, straight))
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

    /** Against the differences of each row's own loss, times its weight. */
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

        double share =
                network.loss().divisor(1, network.outputs()) / network.loss().divisor(ROWS, network.outputs());
        double expected = 0;
        List<double[]> slopes = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            Point alone = new Point(point.parameters, point.x.subList(row, row + 1), point.y.subList(row, row + 1));
            double weight = weights.data[row] * share;
            expected += weight * new DoubleNetwork(network, point.parameters).loss(alone.x, alone.y);
            add(slopes, numeric(network, alone, Regularizer.NONE), weight);
        }
        assertThat(relativeError(gradients, slopes)).isLessThanOrEqualTo(TOLERANCE);
        assertThat(backpropagation.loss(total, ROWS))
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
    }

    private static void add(List<double[]> sums, List<double[]> more, double weight) {
        for (int m = 0; m < more.size(); m++) {
            if (sums.size() == m) {
                sums.add(new double[more.get(m).length]);
            }
            for (int i = 0; i < more.get(m).length; i++) {
                sums.get(m)[i] += weight * more.get(m)[i];
            }
        }
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
        double expected = new DoubleNetwork(network, point.parameters).loss(point.x, point.y);
        assertThat(loss)
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(expected))));
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
            double[] slopes = new double[w.length * w[0].length];
            for (int i = 0; i < slopes.length; i++) {
                double[] row = w[i / w[0].length];
                double weight = row[i % w[0].length];
                slopes[i] = difference(reference, point, row, i % w[0].length)
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
        double above = reference.loss(point.x, point.y);
        place[index] = here - STEP;
        double below = reference.loss(point.x, point.y);
        place[index] = here;
        return (above - below) / (2 * STEP);
    }

    private record Point(Parameters parameters, List<double[]> x, List<double[]> y) {}

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
            if (network.layers().get(l).normalization() != null) {
                shake(parameters.layers().get(l), random);
            }
        }
        return new Point(parameters, x, y);
    }

    /** Gains and biases that have learned something. */
    private static void shake(DenseTensors layer, RandomStream random) {
        for (int j = 0; j < layer.biases().numCols; j++) {
            layer.weights().data[j] += (float) (0.3 * random.nextGaussian());
            layer.biases().data[j] += (float) (0.3 * random.nextGaussian());
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
