package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Explained;
import io.twostep.matrix.Functions;
import org.ejml.data.FMatrixRMaj;

/**
 * {@code r^2 / 2} of small residuals and {@code |r| - log 2} of large ones, smooth between; gradient {@code -tanh(r)}. As
 * in Keras (PyTorch and scikit-learn have none).
 */
@JsonTypeName("log_cosh")
@Explained("mean log(cosh(actual - predicted))")
public record LogCosh() implements Loss {

    private static final double LOG_2 = 0.6931471805599453;

    /** By {@code log cosh r = |r| + log(1 + exp(-2 |r|)) - log 2}, which does not overflow. */
    @Override
    public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
        return Residuals.sum(predicted, actual, from, to, residual -> {
            double size = Math.abs(residual);
            return size + functions.log1p(functions.exp(-2 * size)) - LOG_2;
        });
    }

    @Override
    public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        Residuals.each(predicted, actual, gradient, residual -> -functions.tanh(residual));
    }
}
