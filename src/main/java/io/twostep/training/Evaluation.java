package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How good the answers to some rows are, in units that a person knows. Figures are what scikit-learn computes from the same
 * answers, and all rows count alike in them, whatever their weights. In models that were judged before a figure was thought
 * of it is null.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Evaluation permits ClassEvaluation, NumberEvaluation, TargetsEvaluation {

    /** Rows that were judged. */
    int rows();

    /** The loss that training minimises, over these rows; by their weights if they have any, unlike all other figures. */
    double loss();

    /** Whether every figure is a finite number. */
    boolean allFinite();

    /** The same without the curves, which are long. */
    Evaluation withoutCurves();

    /** The figures that are single numbers, and what they are compared with. */
    Evaluation headline();

    /**
     * The same beside what a {@link PerceptronBaseline} reaches.
     *
     * @param perceptron its evaluation on the same rows
     */
    Evaluation beside(Evaluation perceptron);

    /** Whether these are the figures of that evaluation, as far as it has them; curves are not looked at. */
    boolean agreesWith(Evaluation earlier);
}
