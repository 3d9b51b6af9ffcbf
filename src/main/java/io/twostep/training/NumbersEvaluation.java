package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of several predicted numbers a row. A mean is over the targets, each counting once, as scikit-learn's
 * {@code multioutput="uniform_average"}; where units differ, those of {@code rmse} and {@code mae} compare models of
 * the same targets, and say nothing else.
 *
 * @param r2 mean; null where that of one target is
 * @param rmse mean of the roots of the mean squared errors
 * @param mae mean
 * @param mape mean; null where that of one target is
 * @param targets what a single target has, by the name of each, its own loss among it; null where somebody wants
 *     single figures only
 */
@JsonTypeName("multi_output_regression")
public record NumbersEvaluation(
        int rows,
        double loss,
        @Nullable Double r2,
        double rmse,
        double mae,
        @Nullable Double mape,
        @Nullable Map<String, Evaluation> targets)
        implements TargetsEvaluation, NumberFigures {

    public NumbersEvaluation {
        targets = TargetsEvaluation.copy(targets);
    }

    /** With the means over the targets. */
    static NumbersEvaluation of(int rows, double loss, Map<String, NumberEvaluation> targets) {
        Collection<NumberEvaluation> all = targets.values();
        return new NumbersEvaluation(
                rows,
                loss,
                Means.of(all, NumberEvaluation::r2),
                Means.ofAll(all, NumberEvaluation::rmse),
                Means.ofAll(all, NumberEvaluation::mae),
                Means.of(all, NumberEvaluation::mape),
                TargetsEvaluation.copy(targets));
    }

    @Override
    public boolean allFinite() {
        return TargetsEvaluation.super.allFinite() && Double.isFinite(rmse);
    }

    @Override
    public NumbersEvaluation with(@Nullable Map<String, Evaluation> others) {
        return new NumbersEvaluation(rows, loss, r2, rmse, mae, mape, others);
    }
}
