package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Of predicted numbers, in the units of the target.
 *
 * @param r2 share of the variance that is explained; null where the actual numbers do not vary
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 * @param mape mean of the absolute error as a share of the actual number, over the rows in which that is not 0; null
 *     where there is none. scikit-learn divides by 2.2e-16 instead, which makes a number of no use
 * @param zeros rows that {@code mape} leaves out
 * @param meanResidual mean of actual minus predicted numbers: above 0 where predictions are too low on the whole
 * @param baseline what is reached with nothing learned from the features
 * @param perceptron what is reached without hidden layers; null where the network has none, and where nobody tried
 * @param residuals how many there are of each size; null where somebody wants single figures only
 */
@JsonTypeName("regression")
public record NumberEvaluation(
        int rows,
        double loss,
        @Nullable Double r2,
        double rmse,
        double mae,
        @Nullable Double mape,
        @Nullable Integer zeros,
        @Nullable Double meanResidual,
        @Nullable MeanBaseline baseline,
        @Nullable PerceptronOfNumbers perceptron,
        @Nullable Histogram residuals)
        implements Evaluation, NumberFigures {

    @Override
    public boolean allFinite() {
        return Double.isFinite(loss) && Double.isFinite(rmse) && (r2 == null || Double.isFinite(r2));
    }

    @Override
    public NumberEvaluation withoutCurves() {
        return this;
    }

    @Override
    public NumberEvaluation headline() {
        return with(perceptron, null);
    }

    @Override
    public NumberEvaluation beside(Evaluation other) {
        return with(PerceptronOfNumbers.of((NumberEvaluation) other), residuals);
    }

    @Override
    public boolean agreesWith(Evaluation earlier) {
        return earlier instanceof NumberEvaluation other
                && (other.residuals == null ? asOfOld() : asKnown(other)).equals(other);
    }

    private NumberEvaluation asKnown(NumberEvaluation earlier) {
        return with(perceptron == null || earlier.perceptron == null ? earlier.perceptron : perceptron, residuals);
    }

    private NumberEvaluation with(@Nullable PerceptronOfNumbers beside, @Nullable Histogram other) {
        return new NumberEvaluation(rows, loss, r2, rmse, mae, mape, zeros, meanResidual, baseline, beside, other);
    }

    private NumberEvaluation asOfOld() {
        return new NumberEvaluation(rows, loss, r2, rmse, mae, null, null, null, null, null, null);
    }
}
