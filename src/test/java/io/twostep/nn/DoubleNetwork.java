package io.twostep.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The forward pass in double precision, written neuron by neuron from the definitions: what the matrices of the core
 * are held against. It shares no code with them.
 */
final class DoubleNetwork {

    private final Network network;
    private final Parameters parameters;
    private final boolean learning;
    private final double[][][] weights;
    private final double[][] biases;

    /** One that learns from the rows that it is shown. */
    DoubleNetwork(Network network, Parameters parameters) {
        this(network, parameters, true);
    }

    /** @param learning whether the rows are a batch that is learned from */
    DoubleNetwork(Network network, Parameters parameters, boolean learning) {
        this.network = network;
        this.parameters = parameters;
        this.learning = learning;
        int depth = network.layers().size();
        weights = new double[depth][][];
        biases = new double[depth][];
        for (int l = 0; l < depth; l++) {
            LayerTensors layer = parameters.layers().get(l);
            weights[l] = new double[layer.weights().numRows][layer.weights().numCols];
            biases[l] = new double[layer.biases().getNumElements()];
            for (int j = 0; j < biases[l].length; j++) {
                biases[l][j] = layer.biases().get(0, j);
                for (int i = 0; i < weights[l].length; i++) {
                    weights[l][i][j] = layer.weights().get(i, j);
                }
            }
        }
    }

    double[][][] weights() {
        return weights;
    }

    double[][] biases() {
        return biases;
    }

    /** Z of every layer for every row, given A of all layers before; the first A are the inputs. */
    private double[][] z(int l, List<double[][]> a) {
        double[][] x = a.get(l);
        Operation operation = network.layers().get(l).operation();
        if (operation instanceof Operation.Residual residual) {
            return IntStream.range(0, x.length)
                    .mapToObj(row -> sum(x[row], a.get(residual.from())[row]))
                    .toArray(double[][]::new);
        }
        if (operation instanceof Operation.Identity) {
            return x;
        }
        if (operation instanceof BatchNormalization normalization) {
            double[][] normal = normal(l, x, normalization.epsilon());
            return Arrays.stream(normal).map(row -> scaled(l, row)).toArray(double[][]::new);
        }
        return Arrays.stream(x)
                .map(row -> operation instanceof Operation.LayerNormalization normalization
                        ? scaled(l, normal(row, normalization.epsilon()))
                        : product(l, row))
                .toArray(double[][]::new);
    }

    private static double[] sum(double[] one, double[] other) {
        double[] sum = one.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += other[j];
        }
        return sum;
    }

    private double[] product(int l, double[] input) {
        double[] z = biases[l].clone();
        for (int j = 0; j < z.length; j++) {
            for (int i = 0; i < input.length; i++) {
                z[j] += input[i] * weights[l][i][j];
            }
        }
        return z;
    }

    private double[] scaled(int l, double[] normal) {
        double[] z = biases[l].clone();
        for (int j = 0; j < z.length; j++) {
            z[j] += normal[j] * weights[l][0][j];
        }
        return z;
    }

    private double[][] normal(int l, double[][] x, double epsilon) {
        double[][] normal = new double[x.length][x[0].length];
        for (int j = 0; j < x[0].length; j++) {
            int unit = j;
            double[] column = Arrays.stream(x).mapToDouble(row -> row[unit]).toArray();
            RunningStatistics running = parameters.layers().get(l).running();
            boolean measured = learning && x.length > 1;
            double mean = measured ? Arrays.stream(column).average().orElseThrow() : running.mean().data[j];
            double variance = measured
                    ? Arrays.stream(column)
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow()
                    : running.variance().data[j];
            for (int r = 0; r < x.length; r++) {
                normal[r][j] = (column[r] - mean) / Math.sqrt(variance + epsilon);
            }
        }
        return normal;
    }

    private static double[] normal(double[] x, double epsilon) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return Arrays.stream(x)
                .map(value -> (value - mean) / Math.sqrt(variance + epsilon))
                .toArray();
    }

    /** A of every layer for every row, after the inputs; what comes by is told. */
    private List<double[][]> forward(List<double[]> rows, BiConsumer<Activation, double[][]> bends) {
        List<double[][]> a = new ArrayList<>();
        a.add(rows.toArray(double[][]::new));
        for (int l = 0; l < weights.length; l++) {
            Activation activation = network.layers().get(l).activation();
            double[][] z = z(l, a);
            bends.accept(activation, z);
            a.add(Arrays.stream(z).map(row -> activate(activation, row)).toArray(double[][]::new));
        }
        return a;
    }

    private double[][] predict(List<double[]> rows, BiConsumer<Activation, double[][]> bends) {
        return forward(rows, bends).get(weights.length);
    }

    /** Every z of every hidden and output unit for every row; to keep points away from kinks. */
    double smallestDistanceToKink(List<double[]> rows, List<double[]> targets) {
        double[] smallest = {Double.POSITIVE_INFINITY};
        double[][] predicted = predict(rows, (activation, z) -> {
            if (activation instanceof Activation.Relu || activation instanceof Activation.LeakyRelu) {
                double nearest = Arrays.stream(z)
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .min()
                        .orElseThrow();
                smallest[0] = Math.min(smallest[0], nearest);
            }
        });
        for (int r = 0; r < predicted.length; r++) {
            for (int k = 0; k < predicted[r].length; k++) {
                smallest[0] = Math.min(smallest[0], lossKink(Math.abs(targets.get(r)[k] - predicted[r][k])));
            }
        }
        return smallest[0];
    }

    private double lossKink(double residual) {
        if (network.loss() instanceof Loss.MeanAbsoluteError || network.loss() instanceof QuantileLoss) {
            return residual;
        }
        return network.loss() instanceof Loss.Huber huber ? Math.abs(residual - huber.delta()) : 1;
    }

    /** @param rowWeights by which the losses of rows are multiplied */
    double loss(List<double[]> rows, List<double[]> targets, double[] rowWeights) {
        double total = 0;
        double[][] predicted = predict(rows, (activation, z) -> {});
        for (int r = 0; r < rows.size(); r++) {
            double[] a = predicted[r];
            for (int k = 0; k < a.length; k++) {
                total += rowWeights[r] * element(network.loss(), a[k], targets.get(r)[k], a.length);
            }
        }
        double elements = (double) rows.size() * network.outputs();
        return switch (network.loss().getClass().getSimpleName()) {
            case "SumOfSquaredResiduals" -> total;
            case "CategoricalCrossEntropy", "FocalLoss" -> total / rows.size();
            default -> total / elements;
        };
    }

    private static double element(Loss loss, double a, double y, int outputs) {
        double residual = Math.abs(y - a);
        if (loss instanceof Loss.SumOfSquaredResiduals || loss instanceof Loss.MeanSquaredError) {
            return residual * residual;
        }
        if (loss instanceof Loss.MeanAbsoluteError) {
            return residual;
        }
        if (loss instanceof Loss.Huber huber) {
            double d = huber.delta();
            return residual <= d ? residual * residual / 2 : d * residual - d * d / 2;
        }
        if (loss instanceof LogCosh) {
            return Math.log(Math.cosh(residual));
        }
        if (loss instanceof QuantileLoss pinball) {
            return (y > a ? pinball.quantile() : 1 - pinball.quantile()) * residual;
        }
        if (loss instanceof PoissonLoss) {
            return a - y * Math.log(a + 1e-8);
        }
        if (loss instanceof FocalLoss focal) {
            double right = -y * Math.pow(1 - a, focal.gamma()) * Math.log(a);
            return outputs > 1 ? right : right - (1 - y) * Math.pow(a, focal.gamma()) * Math.log(1 - a);
        }
        if (loss instanceof Loss.BinaryCrossEntropy binary) {
            double s = binary.labelSmoothing();
            double soft = y * (1 - s) + s / 2;
            return -soft * Math.log(a) - (1 - soft) * Math.log(1 - a);
        }
        double s = ((Loss.CategoricalCrossEntropy) loss).labelSmoothing();
        return -(y * (1 - s) + s / outputs) * Math.log(a);
    }

    private static double[] activate(Activation activation, double[] z) {
        double[] a = new double[z.length];
        if (activation instanceof Activation.Softmax) {
            double sum = 0;
            for (double value : z) {
                sum += Math.exp(value);
            }
            for (int k = 0; k < z.length; k++) {
                a[k] = Math.exp(z[k]) / sum;
            }
            return a;
        }
        for (int k = 0; k < z.length; k++) {
            a[k] = activate(activation, z[k]);
        }
        return a;
    }

    private static double activate(Activation activation, double z) {
        if (activation instanceof Activation.Identity) {
            return z;
        } else if (activation instanceof Activation.Relu) {
            return z > 0 ? z : 0;
        } else if (activation instanceof Activation.LeakyRelu leaky) {
            return z > 0 ? z : leaky.slope() * z;
        } else if (activation instanceof Activation.Sigmoid) {
            return 1 / (1 + Math.exp(-z));
        } else if (activation instanceof Activation.Tanh) {
            return (Math.exp(2 * z) - 1) / (Math.exp(2 * z) + 1);
        } else if (activation instanceof Activation.Softplus) {
            return Math.log(1 + Math.exp(z));
        } else if (activation instanceof Activation.Exponential) {
            return Math.exp(z);
        } else if (activation instanceof Activation.Elu elu) {
            return z > 0 ? z : elu.alpha() * (Math.exp(z) - 1);
        } else if (activation instanceof Activation.Gelu) {
            return z / 2 * (1 + erf(z / Math.sqrt(2)));
        } else if (activation instanceof Activation.Silu) {
            return z / (1 + Math.exp(-z));
        }
        throw new IllegalArgumentException(activation.toString());
    }

    /** The Maclaurin series; enough terms for |x| below 6. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
