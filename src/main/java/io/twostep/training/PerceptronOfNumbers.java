package io.twostep.training;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link PerceptronBaseline} reaches on the same rows.
 *
 * @param r2 share of the variance that is explained; null where the actual numbers do not vary
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 */
public record PerceptronOfNumbers(@Nullable Double r2, double rmse, double mae) {

    static PerceptronOfNumbers of(NumberEvaluation perceptron) {
        return new PerceptronOfNumbers(perceptron.r2(), perceptron.rmse(), perceptron.mae());
    }
}
