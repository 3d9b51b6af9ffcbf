package io.twostep.training;

/**
 * What a {@link PerceptronBaseline} reaches on the same rows.
 *
 * @param accuracy share of rows whose label is right
 * @param macroF1 as in {@link ClassEvaluation}
 * @param logLoss in nats
 */
public record PerceptronOfClasses(double accuracy, double macroF1, double logLoss) {

    static PerceptronOfClasses of(ClassEvaluation perceptron) {
        return new PerceptronOfClasses(perceptron.accuracy(), perceptron.macroF1(), perceptron.logLoss());
    }
}
