package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Of predicted labels.
 *
 * @param accuracy share of rows whose label is right
 * @param macroF1 the mean of each class's F1, the harmonic mean of precision and recall, over the classes that are
 *     actual or predicted somewhere in these rows, as scikit-learn does it
 * @param logLoss mean of {@code -log} of the probability given to the actual label, in nats
 * @param balancedAccuracy the mean of each class's recall, over the classes that are actual somewhere in these rows,
 *     as scikit-learn does it
 * @param macroPrecision the mean of each class's precision, over the same classes as F1
 * @param macroRecall the mean of each class's recall, likewise
 * @param brier mean squared distance of the probabilities from what came true: of two classes that of the second one,
 *     from 0 to 1, of more the sum over all of them, from 0 to 2; Brier (1950)
 * @param rocAuc chance that a row of the class has a higher probability than one of another; ties count half. Of two
 *     classes that of the second one, of more the mean of each one's against the rest; null where a class is absent,
 *     or is alone
 * @param rocAucWithin how far {@code rocAuc} may be from that chance: 0 unless there are more scores than
 *     {@link Ranking#MOST_NUMBERS}, which are counted in fine steps of the probability then
 * @param averagePrecision the mean precision over the actual rows of the class in the order of their probability; of
 *     two classes and of more as above
 * @param calibrationError the mean distance between probability and observed share over {@link ClassDetail#calibration},
 *     each bin by its rows (ECE)
 * @param baseline what is reached with nothing learned from the features
 * @param perceptron what is reached without hidden layers; null where the network has none, and where nobody tried
 * @param detail class by class; null where somebody wants single figures only
 */
@JsonTypeName("classification")
public record ClassEvaluation(
        int rows,
        double loss,
        double accuracy,
        double macroF1,
        double logLoss,
        @Nullable Double balancedAccuracy,
        @Nullable Double macroPrecision,
        @Nullable Double macroRecall,
        @Nullable Double brier,
        @Nullable Double rocAuc,
        @Nullable Double rocAucWithin,
        @Nullable Double averagePrecision,
        @Nullable Double calibrationError,
        @Nullable MajorityBaseline baseline,
        @Nullable PerceptronOfClasses perceptron,
        @Nullable ClassDetail detail)
        implements Evaluation {

    @Override
    public boolean allFinite() {
        return Double.isFinite(loss) && Double.isFinite(logLoss);
    }

    @Override
    public ClassEvaluation withoutCurves() {
        return detail == null ? this : with(perceptron, detail.withoutCurves());
    }

    @Override
    public ClassEvaluation headline() {
        return with(perceptron, null);
    }

    @Override
    public ClassEvaluation beside(Evaluation other) {
        return with(PerceptronOfClasses.of((ClassEvaluation) other), detail);
    }

    @Override
    public boolean agreesWith(Evaluation earlier) {
        return earlier instanceof ClassEvaluation other
                && (other.detail == null ? asOf(other) : asKnown(other)).equals(other.withoutCurves());
    }

    /** Without a perceptron where one of them has none: it may have been in the way. */
    private ClassEvaluation asKnown(ClassEvaluation earlier) {
        return with(perceptron == null || earlier.perceptron == null ? earlier.perceptron : perceptron, detail)
                .withoutCurves();
    }

    /** What an earlier evaluation could have known. */
    private ClassEvaluation asOf(ClassEvaluation earlier) {
        return new ClassEvaluation(
                rows,
                loss,
                accuracy,
                macroF1,
                logLoss,
                earlier.balancedAccuracy == null ? null : balancedAccuracy,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private ClassEvaluation with(@Nullable PerceptronOfClasses beside, @Nullable ClassDetail other) {
        return new ClassEvaluation(
                rows,
                loss,
                accuracy,
                macroF1,
                logLoss,
                balancedAccuracy,
                macroPrecision,
                macroRecall,
                brier,
                rocAuc,
                rocAucWithin,
                averagePrecision,
                calibrationError,
                baseline,
                beside,
                other);
    }
}
