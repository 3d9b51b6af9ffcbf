package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.Functions;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How far the predictions are from the truth. {@code loss = total / divisor}; sums run in double precision.
 *
 * <p>Predicted {@code A} and actual {@code Y} are both [rows x outputs].
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Loss {

    /** The loss summed over all rows and outputs. */
    default double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual) {
        return total(functions, predicted, actual, 0, predicted.numRows);
    }

    /** The loss summed over the outputs of rows {@code from} to before {@code to}. */
    double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to);

    /**
     * {@code d total / d predicted}.
     *
     * @param gradient [rows x outputs], overwritten
     */
    void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient);

    /**
     * What the total is divided by: the number of rows and outputs, of rows, or nothing.
     *
     * @param rows how many, or where they have weights, the sum of these
     */
    default double divisor(double rows, int outputs) {
        return rows * outputs;
    }

    /**
     * Whether {@code d total / dZ} of this loss after {@code output} is {@code A - Y}, so that neither the loss's
     * gradient nor the activation's slope is needed.
     */
    default boolean fusesWith(Activation output) {
        return false;
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
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
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
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
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
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
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
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            Residuals.each(predicted, actual, gradient, residual -> -Math.max(-delta, Math.min(delta, residual)));
        }
    }

    /** In nats, after a sigmoid. */
    @JsonTypeName("binary_cross_entropy")
    @Explained("mean -(y log a + (1 - y) log(1 - a))")
    record BinaryCrossEntropy() implements Loss {
        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            double total = 0;
            int end = to * predicted.numCols;
            for (int i = from * predicted.numCols; i < end; i++) {
                double a = predicted.data[i];
                double y = actual.data[i];
                total -= y * Probabilities.logOfTwo(functions, a) + (1 - y) * Probabilities.logOfTwo(functions, 1 - a);
            }
            return total;
        }

        @Override
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            throw new UnsupportedOperationException("its gradient is always fused with the sigmoid: A - Y");
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

    /** In nats, the mean over rows, after a softmax. */
    @JsonTypeName("categorical_cross_entropy")
    @Explained("mean -sum_k y_k log a_k")
    record CategoricalCrossEntropy() implements Loss {
        @Override
        public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
            double total = 0;
            int end = to * predicted.numCols;
            for (int i = from * predicted.numCols; i < end; i++) {
                if (actual.data[i] != 0) {
                    total -= actual.data[i] * Probabilities.log(functions, predicted.data[i]);
                }
            }
            return total;
        }

        @Override
        public void gradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
            throw new UnsupportedOperationException("its gradient is always fused with the softmax: A - Y");
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
}
