package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** How good the answers to some rows are, in units that a person knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Evaluation {

    /** Rows that were judged. */
    int rows();

    /** The loss that training minimises, over these rows; by their weights if they have any, unlike all other figures. */
    double loss();

    /** Whether every figure is a finite number. */
    boolean allFinite();

    /**
     * Of predicted labels.
     *
     * @param accuracy share of rows whose label is right
     * @param macroF1 the mean of each class's F1, the harmonic mean of precision and recall, over the classes that are
     *     actual or predicted somewhere in these rows, as scikit-learn does it
     * @param logLoss mean of {@code -log} of the probability given to the actual label, in nats
     * @param balancedAccuracy the mean of each class's recall, over the classes that are actual somewhere in these rows,
     *     as scikit-learn does it; null in models that were judged before it was
     */
    @JsonTypeName("classification")
    record OfClasses(
            int rows,
            double loss,
            double accuracy,
            double macroF1,
            double logLoss,
            @Nullable Double balancedAccuracy) implements Evaluation {
        @Override
        public boolean allFinite() {
            return Double.isFinite(loss) && Double.isFinite(logLoss);
        }
    }

    /**
     * Of predicted numbers, in the units of the target.
     *
     * @param r2 share of the variance that is explained; null where the actual numbers do not vary
     * @param rmse root of the mean squared error
     * @param mae mean absolute error
     */
    @JsonTypeName("regression")
    record OfNumbers(int rows, double loss, @Nullable Double r2, double rmse, double mae) implements Evaluation {
        @Override
        public boolean allFinite() {
            return Double.isFinite(loss) && Double.isFinite(rmse) && (r2 == null || Double.isFinite(r2));
        }
    }
}
