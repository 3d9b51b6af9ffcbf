package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.Functions;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The answer becomes the number below which a share of the targets lies, also of a standardised target. Its gradient is 0
 * where there is no residual. Also called pinball loss; at 0.5 it is half of
 * {@link Loss.MeanAbsoluteError}.
 *
 * @param quantile the share; 0.5, the median, as in scikit-learn's QuantileRegressor (PyTorch and Keras have none)
 */
@JsonTypeName("quantile")
@Explained(
        value = "mean of quantile r where r >= 0, (quantile - 1) r elsewhere, with r = actual - predicted",
        source = "Koenker, Bassett: Regression Quantiles, 1978")
public record QuantileLoss(@Within(above = 0, below = 1) double quantile) implements Loss {

    public QuantileLoss {
        Bounds.check(QuantileLoss.class, quantile);
    }

    @JsonCreator
    static QuantileLoss of(@Nullable Double quantile) {
        return new QuantileLoss(quantile == null ? 0.5 : quantile);
    }

    @Override
    public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
        return Residuals.sum(
                predicted, actual, from, to, residual -> Math.max(quantile * residual, (quantile - 1) * residual));
    }

    @Override
    public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        Residuals.each(predicted, actual, gradient, residual -> {
            double sign = Math.signum(residual);
            return -(sign > 0 ? quantile * sign : (1 - quantile) * sign); // NaN stays NaN
        });
    }
}
