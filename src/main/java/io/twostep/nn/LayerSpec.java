package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hidden layer, or what disturbs its outputs, as a user describes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LayerSpec
        permits LayerSpec.Dense, LayerSpec.LayerNormalization, LayerSpec.BatchNormalization, LayerSpec.Residual, Noise {

    int MOST_UNITS = 100_000;

    /**
     * Every unit sees every output of the layer before.
     *
     * @param units width of the layer
     * @param activation f; ReLU where nothing is said
     * @param weights start of W; He-uniform before the ReLU family, Glorot-uniform before the others
     * @param biases start of b; zeros where nothing is said, as in Keras (PyTorch and scikit-learn: uniform)
     */
    @JsonTypeName("dense")
    @Explained("A = f(XW + b)")
    record Dense(
            @Within(atLeast = 1, atMost = MOST_UNITS) int units,
            Activation activation,
            Initializer weights,
            Initializer biases)
            implements LayerSpec {
        public Dense {
            List<Problem> problems = Bounds.problems(Dense.class, units, activation, weights, biases);
            refuseSoftmax(activation, problems);
            InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
        }

        @JsonCreator
        static Dense of(
                @Nullable Integer units,
                @Nullable Activation activation,
                @Nullable Initializer weights,
                @Nullable Initializer biases) {
            if (units == null) {
                throw new InvalidValueException(
                        "units", "is required: the number of units, " + Range.between(1, MOST_UNITS));
            }
            Activation bend = activation == null ? new Activation.Relu() : activation;
            return new Dense(
                    units,
                    bend,
                    weights == null ? defaultWeights(bend) : weights,
                    biases == null ? new Initializer.Zeros() : biases);
        }

        /** A dense layer with the defaults of its activation. */
        public static Dense of(int units, Activation activation) {
            return of(units, activation, null, null);
        }
    }

    /**
     * Gives the outputs of the layer before, row by row, the mean 0 and the variance 1, then those that are learned. The
     * gains g count as weights where weights have a price, as in PyTorch.
     *
     * @param epsilon keeps rows whose numbers are all alike from a division by 0; 1e-5 as in PyTorch (Keras: 1e-3)
     * @param activation f; identity where nothing is said
     */
    @JsonTypeName("layer_normalization")
    @Explained(
            value = "A = f(g (X - mean) / sqrt(variance + epsilon) + b), mean and variance over the units of a row",
            source = "Ba, Kiros, Hinton: Layer Normalization, 2016")
    record LayerNormalization(@Within(above = 0, atMost = 1) double epsilon, Activation activation)
            implements LayerSpec {
        public LayerNormalization {
            List<Problem> problems = Bounds.problems(LayerNormalization.class, epsilon, activation);
            refuseSoftmax(activation, problems);
            InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
        }

        @JsonCreator
        static LayerNormalization of(@Nullable Double epsilon, @Nullable Activation activation) {
            return new LayerNormalization(
                    epsilon == null ? 1e-5 : epsilon, activation == null ? new Activation.Identity() : activation);
        }
    }

    /**
     * Gives the outputs of the layer before, unit by unit, the mean 0 and the variance 1 over the rows of a batch, then those
     * that are learned. Predictions, and whatever is only judged, meet running statistics of the batches instead. The gains g
     * count as weights where weights have a price, as in PyTorch; rows count alike whatever their weights.
     *
     * @param epsilon keeps units that are the same in all rows from a division by 0; 1e-5 as in PyTorch (Keras: 1e-3)
     * @param momentum share that each batch has in the running statistics, in PyTorch's sense: {@code (1 - momentum) old +
     *     momentum new}; 0.1 as there (Keras says the share that is kept: 0.99)
     * @param activation f; identity where nothing is said
     */
    @JsonTypeName("batch_normalization")
    @Explained(
            value = {
                "A = f(g (X - mean) / sqrt(variance + epsilon) + b), mean and variance over the rows of a batch while learning",
                "running = (1 - momentum) running + momentum new, of mean and unbiased variance",
                "A = f(g (X - running mean) / sqrt(running variance + epsilon) + b) otherwise"
            },
            source = "Ioffe, Szegedy: Batch Normalization, 2015")
    record BatchNormalization(
            @Within(above = 0, atMost = 1) double epsilon,
            @Within(above = 0, atMost = 1) double momentum,
            Activation activation)
            implements LayerSpec {
        public BatchNormalization {
            List<Problem> problems = Bounds.problems(BatchNormalization.class, epsilon, momentum, activation);
            refuseSoftmax(activation, problems);
            InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
        }

        @JsonCreator
        static BatchNormalization of(
                @Nullable Double epsilon, @Nullable Double momentum, @Nullable Activation activation) {
            return new BatchNormalization(
                    epsilon == null ? 1e-5 : epsilon,
                    momentum == null ? 0.1 : momentum,
                    activation == null ? new Activation.Identity() : activation);
        }
    }

    /**
     * Adds to the outputs of the layer before what the layers within make of them, so that these have only the difference to
     * learn, and slopes get past them.
     *
     * @param layers F, from its input to its output, at the end as wide as X; at least one of them learns something
     * @param activation f; identity where nothing is said, as in He et al.: Identity Mappings in Deep Residual Networks, 2016
     *     (in that of 2015: ReLU)
     */
    @JsonTypeName("residual")
    @Explained(
            value = "A = f(X + F(X)), F being the layers within, from the first to the last",
            source = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015")
    record Residual(List<LayerSpec> layers, Activation activation) implements LayerSpec {

        /** What is stored must be readable again, within other documents. */
        private static final int MOST_DEEP = 8;

        public Residual {
            layers = List.copyOf(layers);
            List<Problem> problems = Bounds.problems(Residual.class, layers, activation);
            if (depth(layers) >= MOST_DEEP) {
                problems.add(new Problem(
                        "/layers", "must not hold residual blocks within each other more than " + MOST_DEEP + " deep"));
            }
            if (layers.stream().allMatch(Noise.class::isInstance)) {
                problems.add(new Problem("/layers", "must hold at least one layer that learns something"));
            }
            refuseSoftmax(activation, problems);
            InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
        }

        @JsonCreator
        static Residual of(@Nullable List<LayerSpec> layers, @Nullable Activation activation) {
            if (layers == null) {
                throw new InvalidValueException("layers", "is required: the layers whose outputs are added");
            }
            return new Residual(layers, activation == null ? new Activation.Identity() : activation);
        }

        private static int depth(List<LayerSpec> layers) {
            return layers.stream()
                    .filter(Residual.class::isInstance)
                    .mapToInt(layer -> 1 + depth(((Residual) layer).layers()))
                    .max()
                    .orElse(0);
        }
    }

    private static void refuseSoftmax(Activation activation, List<Problem> problems) {
        if (activation instanceof Activation.Softmax) {
            problems.add(new Problem("/activation", "softmax belongs to an output layer, not to a hidden one"));
        }
    }

    /** The initialiser that keeps the variance of signals and gradients level across a layer that bends so. */
    static Initializer defaultWeights(Activation activation) {
        boolean rectified = activation instanceof Activation.Relu
                || activation instanceof Activation.LeakyRelu
                || activation instanceof Activation.Elu
                || activation instanceof Activation.Gelu
                || activation instanceof Activation.Silu;
        return rectified ? new Initializer.HeUniform() : new Initializer.GlorotUniform();
    }
}
