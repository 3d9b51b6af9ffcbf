package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Explained;
import io.twostep.matrix.Functions;
import org.ejml.data.FMatrixRMaj;

/**
 * Of counts: how unlikely they are where events come at the predicted rate, but for what no prediction changes. It may be
 * below 0. The target is not standardised, and so the rates are in its own units.
 *
 * <p>The output says what PyTorch's {@code log_input} does: after {@code exponential}, where nothing is said, Z is the
 * logarithm of the rate and {@code d total / dZ = A - Y} ({@code log_input=True}, PyTorch's default); after
 * {@code softplus} A alone is known ({@code log_input=False}). No other activation answers with all rates and no others.
 * Keras takes any, and adds 1e-7 where PyTorch and this add 1e-8.
 */
@JsonTypeName("poisson")
@Explained(
        value = "mean a - y log(a + 1e-8)",
        source = "Nelder, Wedderburn: Generalized Linear Models, 1972: the deviance of counts")
public record PoissonLoss() implements Loss {

    /** Of a rate that was rounded to 0. */
    private static final double SMALL = 1e-8;

    @Override
    public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
        double total = 0;
        int end = to * predicted.numCols;
        for (int i = from * predicted.numCols; i < end; i++) {
            double rate = predicted.data[i];
            total += rate - actual.data[i] * functions.log(rate + SMALL);
        }
        return total;
    }

    @Override
    public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        int elements = predicted.getNumElements();
        for (int i = 0; i < elements; i++) {
            gradient.data[i] = (float) (1 - actual.data[i] / (predicted.data[i] + SMALL));
        }
    }

    @Override
    public boolean fusesWith(Activation output) {
        return output instanceof Activation.Exponential;
    }

    @Override
    public boolean fits(Activation output) {
        return fusesWith(output) || output instanceof Activation.Softplus;
    }

    @Override
    public double leastTarget() {
        return 0;
    }

    @Override
    public Activation usualOutput() {
        return new Activation.Exponential();
    }
}
