package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.Functions;
import io.twostep.matrix.Tile;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The bend of a layer: {@code A = f(Z)}, element by element (softmax: row by row).
 *
 * <p>The forward pass knows everything that the derivative needs, so it writes the slopes {@code f'(Z)} in the same
 * sweep, and the backward pass only multiplies by them. For ReLU the slopes are the mask of the units that are on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Activation {

    /**
     * Replaces the numbers {@code from} to before {@code to} of z by {@code f(z)}.
     *
     * @param z read and overwritten; of a function {@link #acrossUnits across units} they are one row
     * @param slope overwritten by {@code f'(z)} at the same places; null when no backward pass follows
     */
    void activate(Functions functions, float[] z, float @Nullable [] slope, int from, int to);

    /** Whether an answer depends on all numbers of its row, rather than on its own alone. */
    default boolean acrossUnits() {
        return false;
    }

    /**
     * Replaces {@code z} by {@code f(z)}.
     *
     * @param z [rows x units], read and overwritten
     * @param slope [rows x units], overwritten by {@code f'(z)}; null when no backward pass follows
     * @param tile the part to replace, of a function {@link #acrossUnits across units} whole rows; null for all
     */
    default void activate(Functions functions, FMatrixRMaj z, @Nullable FMatrixRMaj slope, @Nullable Tile tile) {
        float[] slopes = slope == null ? null : slope.data;
        if (tile == null && !acrossUnits()) {
            activate(functions, z.data, slopes, 0, z.getNumElements());
            return;
        }
        if (tile != null && acrossUnits() && tile.columns() != z.numCols) {
            throw new IllegalArgumentException(tile + " cuts rows of " + z.numCols + " units, whose sum must be 1");
        }
        int first = tile == null ? 0 : tile.row();
        int rows = tile == null ? z.numRows : tile.rows();
        int column = tile == null ? 0 : tile.column();
        int columns = tile == null ? z.numCols : tile.columns();
        for (int row = first; row < first + rows; row++) {
            int from = row * z.numCols + column;
            activate(functions, z.data, slopes, from, from + columns);
        }
    }

    /** An activation of single elements whose slope follows from z and f(z) by arithmetic alone. */
    sealed interface ElementWise extends Activation {

        /** {@code f(z)}. */
        double value(Functions functions, double z);

        /** {@code f'(z)}, given {@code activated = f(z)}. */
        double slope(double z, double activated);

        @Override
        default void activate(Functions functions, float[] z, float @Nullable [] slope, int from, int to) {
            for (int i = from; i < to; i++) {
                double value = z[i];
                double activated = value(functions, value);
                z[i] = (float) activated;
                if (slope != null) {
                    slope[i] = (float) slope(value, activated);
                }
            }
        }
    }

    /** The layer stays linear. */
    @JsonTypeName("identity")
    @Explained("f(z) = z")
    record Identity() implements Activation {
        @Override
        public void activate(Functions functions, float[] z, float @Nullable [] slope, int from, int to) {
            if (slope != null) {
                Arrays.fill(slope, from, to, 1);
            }
        }
    }

    /** An on-off switch: the slope is 1 where z > 0 and 0 elsewhere, at 0 too. */
    @JsonTypeName("relu")
    @Explained(
            value = "f(z) = max(0, z)",
            source = "Nair, Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010")
    record Relu() implements Activation {
        @Override
        public void activate(Functions functions, float[] z, float @Nullable [] mask, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = Math.max(0f, z[i]); // NaN stays NaN, so that a diverged run is seen
            }
            if (mask != null) {
                for (int i = from; i < to; i++) {
                    mask[i] = on(z[i]);
                }
            }
        }

        /** 1 for what is above 0, and 0 for 0; without a branch, so that loops are vectorised. */
        private static float on(float activated) {
            return Math.min(1f, activated * 0x1p127f * 0x1p127f);
        }
    }

    /**
     * {@link Relu} that lets something through below 0.
     *
     * @param slope 0.01 as in PyTorch (Keras: 0.3)
     */
    @JsonTypeName("leaky_relu")
    @Explained(
            value = "f(z) = z where z > 0, slope z elsewhere",
            source = "Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013")
    record LeakyRelu(@Within(atLeast = 0, below = 1) double slope) implements Activation {

        public LeakyRelu {
            Bounds.check(LeakyRelu.class, slope);
        }

        @JsonCreator
        static LeakyRelu of(@Nullable Double slope) {
            return new LeakyRelu(slope == null ? 0.01 : slope);
        }

        @Override
        public void activate(Functions functions, float[] z, float @Nullable [] slopes, int from, int to) {
            float below = (float) slope;
            for (int i = from; i < to; i++) {
                z[i] = Math.max(0f, z[i]) + below * Math.min(0f, z[i]);
            }
            if (slopes != null) {
                for (int i = from; i < to; i++) {
                    float on = Relu.on(Math.max(0f, z[i]));
                    slopes[i] = on + below * (1 - on);
                }
            }
        }
    }

    /** From 0 to 1, slope {@code a (1 - a)}. */
    @JsonTypeName("sigmoid")
    @Explained("f(z) = 1 / (1 + exp(-z))")
    record Sigmoid() implements ElementWise {
        @Override
        public double value(Functions functions, double z) {
            return sigmoid(functions, z);
        }

        @Override
        public double slope(double z, double activated) {
            return activated * (1 - activated);
        }
    }

    /** From -1 to 1, slope {@code 1 - a^2}. */
    @JsonTypeName("tanh")
    @Explained("f(z) = tanh(z)")
    record Tanh() implements ElementWise {
        @Override
        public double value(Functions functions, double z) {
            return functions.tanh(z);
        }

        @Override
        public double slope(double z, double activated) {
            return 1 - activated * activated;
        }
    }

    /** A smooth {@link Relu}, slope {@code sigmoid(z)}. */
    @JsonTypeName("softplus")
    @Explained(
            value = "f(z) = log(1 + exp(z))",
            source = "Dugas et al.: Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2001")
    record Softplus() implements Activation {
        @Override
        public void activate(Functions functions, float[] z, float @Nullable [] slope, int from, int to) {
            for (int i = from; i < to; i++) {
                double value = z[i];
                double exponential = functions.exp(-Math.abs(value)); // serves both the value and the slope
                z[i] = (float) (Math.max(value, 0) + functions.log1p(exponential));
                if (slope != null) {
                    slope[i] = (float) ((value >= 0 ? 1 : exponential) / (1 + exponential));
                }
            }
        }
    }

    /**
     * Above 0, slope a; overflows where z > 88. For an output that is a rate or a scale, together with
     * {@link PoissonLoss}.
     */
    @JsonTypeName("exponential")
    @Explained("f(z) = exp(z)")
    record Exponential() implements ElementWise {
        @Override
        public double value(Functions functions, double z) {
            return functions.exp(z);
        }

        @Override
        public double slope(double z, double activated) {
            return activated;
        }
    }

    /**
     * Slope 1 where z > 0, {@code a + alpha} elsewhere.
     *
     * @param alpha how far below 0 it goes; 1 as in PyTorch and Keras
     */
    @JsonTypeName("elu")
    @Explained(
            value = "f(z) = z where z > 0, alpha (exp(z) - 1) elsewhere",
            source =
                    "Clevert, Unterthiner, Hochreiter: Fast and Accurate Deep Network Learning by Exponential Linear Units, 2015")
    record Elu(@Within(above = 0) double alpha) implements ElementWise {
        public Elu {
            Bounds.check(Elu.class, alpha);
        }

        @JsonCreator
        static Elu of(@Nullable Double alpha) {
            return new Elu(alpha == null ? 1 : alpha);
        }

        @Override
        public double value(Functions functions, double z) {
            return z > 0 ? z : alpha * functions.expm1(z);
        }

        @Override
        public double slope(double z, double activated) {
            return z > 0 ? 1 : activated + alpha;
        }
    }

    /** Slope {@code P(z) + z p(z)} with p the density of P; the exact form, as PyTorch and Keras have it by default. */
    @JsonTypeName("gelu")
    @Explained(
            value = "f(z) = z P(z) with P the standard normal distribution",
            source = "Hendrycks, Gimpel: Gaussian Error Linear Units, 2016")
    record Gelu() implements Activation {
        private static final double ROOT_HALF = 0.7071067811865476; // 1 / sqrt(2)
        private static final double DENSITY_AT_0 = 0.3989422804014327; // 1 / sqrt(2 pi)

        @Override
        public void activate(Functions functions, float[] z, float @Nullable [] slope, int from, int to) {
            for (int i = from; i < to; i++) {
                double value = z[i];
                double probability = 0.5 * (1 + functions.erf(ROOT_HALF * value));
                z[i] = (float) (value * probability);
                if (slope != null) {
                    double density = DENSITY_AT_0 * functions.exp(-0.5 * value * value);
                    slope[i] = (float) (probability + value * density);
                }
            }
        }
    }

    /** Also called swish; slope {@code s + a (1 - s)} with {@code s = sigmoid(z)}. */
    @JsonTypeName("silu")
    @Explained(
            value = "f(z) = z / (1 + exp(-z))",
            source = "Elfwing, Uchibe, Doya: Sigmoid-Weighted Linear Units, 2017")
    record Silu() implements ElementWise {
        @Override
        public double value(Functions functions, double z) {
            return z * sigmoid(functions, z);
        }

        @Override
        public double slope(double z, double activated) {
            double sigmoid = z == 0 ? 0.5 : activated / z;
            return sigmoid + activated * (1 - sigmoid);
        }
    }

    /**
     * The probabilities of the classes, over each row. Only an output layer has it, together with
     * {@link Loss.CategoricalCrossEntropy}, whose gradient with respect to z is {@code A - Y}; it has no element-wise slope.
     */
    @JsonTypeName("softmax")
    @Explained("f(z)_k = exp(z_k) / sum_j exp(z_j)")
    record Softmax() implements Activation {
        @Override
        public boolean acrossUnits() {
            return true;
        }

        /** Shifted by the row's maximum, so that no exponential overflows. */
        @Override
        public void activate(Functions functions, float[] values, float @Nullable [] slope, int from, int to) {
            float maximum = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                maximum = Math.max(maximum, values[i]);
            }
            double sum = 0;
            for (int i = from; i < to; i++) {
                double exponential = functions.exp((double) values[i] - maximum);
                values[i] = (float) exponential;
                sum += exponential;
            }
            float factor = (float) (1 / sum);
            for (int i = from; i < to; i++) {
                values[i] *= factor;
            }
        }
    }

    /** {@code 1 / (1 + exp(-z))} without overflow at either end. */
    private static double sigmoid(Functions functions, double z) {
        double exponential = functions.exp(-Math.abs(z));
        return (z >= 0 ? 1 : exponential) / (1 + exponential);
    }
}
