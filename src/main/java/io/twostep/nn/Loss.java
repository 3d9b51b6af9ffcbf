package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.Functions;
import io.twostep.matrix.Kernels;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How far the predictions are from the truth. {@code loss = total / divisor}; sums run in double precision.
 *
 * <p>Predicted {@code A} and actual {@code Y} are both [rows x outputs].
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Loss
        permits Loss.SumOfSquaredResiduals,
                Loss.MeanSquaredError,
                Loss.MeanAbsoluteError,
                Loss.Huber,
                LogCosh,
                QuantileLoss,
                PoissonLoss,
                Loss.BinaryCrossEntropy,
                Loss.CategoricalCrossEntropy,
                FocalLoss {

    /** The loss summed over all rows and outputs. */
    default double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual) {
        return total(functions, predicted, actual, 0, predicted.numRows);
    }

    /**
     * The loss summed over all rows and outputs.
     *
     * @param weights by which the loss of each row is multiplied [rows x 1]; null if all are 1
     */
    default double total(
            Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        if (weights == null) {
            return total(functions, predicted, actual);
        }
        double total = 0;
        for (int row = 0; row < predicted.numRows; row++) {
            total += weights.data[row] * total(functions, predicted, actual, row, row + 1);
        }
        return total;
    }

    /** The loss summed over the outputs of rows {@code from} to before {@code to}. */
    double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to);

    /**
     * {@code d total / d predicted}.
     *
     * @param gradient [rows x outputs], overwritten
     */
    void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient);

    /**
     * What the total is divided by: the number of rows and outputs, of rows, or nothing.
     *
     * @param rows how many, or where they have weights, the sum of these
     */
    default double divisor(double rows, int outputs) {
        return rows * outputs;
    }

    /**
     * Whether this loss knows {@code d total / dZ} after {@code output} at once, most often {@code A - Y}, so that the
     * activation's slope is not needed.
     */
    default boolean fusesWith(Activation output) {
        return false;
    }

    /**
     * {@code d total / dZ} after an activation with which it {@link #fusesWith fuses}.
     *
     * @param gradient [rows x outputs], overwritten
     */
    default void fusedGradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        Kernels.subtract(predicted, actual, gradient);
    }

    /** Whether it compares the probabilities of classes, and no numbers. */
    default boolean ofClasses() {
        return false;
    }

    /** The least number that a target may be. */
    default double leastTarget() {
        return Double.NEGATIVE_INFINITY;
    }

    /** What a number is answered with where nothing is said. */
    default Activation usualOutput() {
        return new Activation.Identity();
    }

    /** Whether an output layer may combine this loss with {@code output}. */
    default boolean fits(Activation output) {
        return !(output instanceof Activation.Softmax);
    }

    /** The essay's measure; gradient {@code -2 (actual - predicted)}, no mean. */
    @JsonTypeName("sum_of_squared_residuals")
    @Explained("sum (actual - predicted)^2")
    record SumOfSquaredResiduals() implements Loss {
        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            return Residuals.sumOfSquares(predicted, actual, from, to);
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            Residuals.squareGradient(predicted, actual, gradient);
        }

        @Override
        public double divisor(double rows, int outputs) {
            return 1;
        }
    }

    /** Over rows and outputs, as PyTorch and Keras (scikit-learn: half of it). */
    @JsonTypeName("mean_squared_error")
    @Explained("mean (actual - predicted)^2")
    record MeanSquaredError() implements Loss {
        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            return Residuals.sumOfSquares(predicted, actual, from, to);
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            Residuals.squareGradient(predicted, actual, gradient);
        }
    }

    /** Its gradient is the sign of the residual, 0 where there is none. */
    @JsonTypeName("mean_absolute_error")
    @Explained("mean |actual - predicted|")
    record MeanAbsoluteError() implements Loss {
        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            return Residuals.sum(predicted, actual, from, to, Math::abs);
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            Residuals.each(predicted, actual, gradient, residual -> -Math.signum(residual));
        }
    }

    /**
     * A residual beyond {@code delta} counts no more than in a straight line.
     *
     * @param delta 1 as in PyTorch and Keras
     */
    @JsonTypeName("huber")
    @Explained(
            value = "mean of r^2 / 2 where |r| <= delta, delta (|r| - delta / 2) elsewhere",
            source = "Huber: Robust Estimation of a Location Parameter, 1964")
    record Huber(@Within(above = 0) double delta) implements Loss {
        public Huber {
            Bounds.check(Huber.class, delta);
        }

        @JsonCreator
        static Huber of(@Nullable Double delta) {
            return new Huber(delta == null ? 1 : delta);
        }

        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            return Residuals.sum(predicted, actual, from, to, residual -> {
                double size = Math.abs(residual);
                return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
            });
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            Residuals.each(predicted, actual, gradient, residual -> -Math.max(-delta, Math.min(delta, residual)));
        }
    }

    /**
     * In nats, after a sigmoid.
     *
     * @param labelSmoothing share of every label that is spread evenly over both classes; 0 as in Keras (PyTorch's has none)
     */
    @JsonTypeName("binary_cross_entropy")
    @Explained(
            value = {"y = (1 - label_smoothing) y + label_smoothing / 2", "mean -(y log a + (1 - y) log(1 - a))"},
            source = "label_smoothing: Szegedy et al.: Rethinking the Inception Architecture for Computer Vision, 2016")
    record BinaryCrossEntropy(
            @Within(atLeast = 0, below = 1) double labelSmoothing) implements Loss {
        public BinaryCrossEntropy {
            Bounds.check(BinaryCrossEntropy.class, labelSmoothing);
        }

        /** Of labels as they are. */
        public BinaryCrossEntropy() {
            this(0);
        }

        @JsonCreator
        static BinaryCrossEntropy of(@Nullable Double labelSmoothing) {
            return new BinaryCrossEntropy(labelSmoothing == null ? 0 : labelSmoothing);
        }

        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            double total = 0;
            int end = to * predicted.numCols;
            for (int i = from * predicted.numCols; i < end; i++) {
                double a = predicted.data[i];
                double y = smoothed(actual.data[i], labelSmoothing, 2);
                total -= y * Probabilities.logOfTwo(functions, a) + (1 - y) * Probabilities.logOfTwo(functions, 1 - a);
            }
            return total;
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            throw new UnsupportedOperationException("its gradient is always fused with the sigmoid: A - Y");
        }

        @Override
        public void fusedGradient(
                Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            subtract(predicted, actual, labelSmoothing, 2, gradient);
        }

        @Override
        public boolean ofClasses() {
            return true;
        }

        @Override
        public boolean fusesWith(Activation output) {
            return output instanceof Activation.Sigmoid;
        }

        @Override
        public boolean fits(Activation output) {
            return fusesWith(output);
        }
    }

    /**
     * In nats, the mean over rows, after a softmax.
     *
     * @param labelSmoothing share of every label that is spread evenly over all K classes, its own too; 0 as in PyTorch and
     *     Keras
     */
    @JsonTypeName("categorical_cross_entropy")
    @Explained(
            value = {"y_k = (1 - label_smoothing) y_k + label_smoothing / K", "mean -sum_k y_k log a_k"},
            source = "label_smoothing: Szegedy et al.: Rethinking the Inception Architecture for Computer Vision, 2016")
    record CategoricalCrossEntropy(
            @Within(atLeast = 0, below = 1) double labelSmoothing) implements Loss {
        public CategoricalCrossEntropy {
            Bounds.check(CategoricalCrossEntropy.class, labelSmoothing);
        }

        /** Of labels as they are. */
        public CategoricalCrossEntropy() {
            this(0);
        }

        @JsonCreator
        static CategoricalCrossEntropy of(@Nullable Double labelSmoothing) {
            return new CategoricalCrossEntropy(labelSmoothing == null ? 0 : labelSmoothing);
        }

        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            double total = 0;
            int end = to * predicted.numCols;
            for (int i = from * predicted.numCols; i < end; i++) {
                double y = smoothed(actual.data[i], labelSmoothing, predicted.numCols);
                if (y != 0) {
                    total -= y * Probabilities.log(functions, predicted.data[i]);
                }
            }
            return total;
        }

        @Override
        public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            throw new UnsupportedOperationException("its gradient is always fused with the softmax: A - Y");
        }

        @Override
        public void fusedGradient(
                Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            subtract(predicted, actual, labelSmoothing, predicted.numCols, gradient);
        }

        @Override
        public boolean ofClasses() {
            return true;
        }

        @Override
        public double divisor(double rows, int outputs) {
            return rows;
        }

        @Override
        public boolean fusesWith(Activation output) {
            return output instanceof Activation.Softmax;
        }

        @Override
        public boolean fits(Activation output) {
            return fusesWith(output);
        }
    }

    /** A label of which a share is spread evenly over all classes. */
    private static double smoothed(double y, double share, int classes) {
        return share == 0 ? y : (1 - share) * y + share / classes;
    }

    /** {@code gradient = A - Y}, of smoothed Y. */
    private static void subtract(
            FMatrixRMaj predicted, FMatrixRMaj actual, double share, int classes, FMatrixRMaj gradient) {
        if (share == 0) {
            Kernels.subtract(predicted, actual, gradient);
            return;
        }
        int elements = predicted.getNumElements();
        for (int i = 0; i < elements; i++) {
            gradient.data[i] = (float) (predicted.data[i] - smoothed(actual.data[i], share, classes));
        }
    }
}
