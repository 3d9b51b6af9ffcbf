package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good the answers to some rows are, in units that a person knows. Figures are what scikit-learn computes from the same
 * answers, and all rows count alike in them, whatever their weights. In models that were judged before a figure was thought
 * of it is null.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Evaluation {

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
    record OfClasses(
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
        public OfClasses withoutCurves() {
            return detail == null ? this : with(perceptron, detail.withoutCurves());
        }

        @Override
        public OfClasses headline() {
            return with(perceptron, null);
        }

        @Override
        public OfClasses beside(Evaluation other) {
            return with(PerceptronOfClasses.of((OfClasses) other), detail);
        }

        @Override
        public boolean agreesWith(Evaluation earlier) {
            return earlier instanceof OfClasses other
                    && (other.detail == null ? asOf(other) : asKnown(other)).equals(other.withoutCurves());
        }

        /** Without a perceptron where one of them has none: it may have been in the way. */
        private OfClasses asKnown(OfClasses earlier) {
            return with(perceptron == null || earlier.perceptron == null ? earlier.perceptron : perceptron, detail)
                    .withoutCurves();
        }

        /** What an earlier evaluation could have known. */
        private OfClasses asOf(OfClasses earlier) {
            return new OfClasses(
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

        private OfClasses with(@Nullable PerceptronOfClasses beside, @Nullable ClassDetail other) {
            return new OfClasses(
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
    record OfNumbers(
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
        public OfNumbers withoutCurves() {
            return this;
        }

        @Override
        public OfNumbers headline() {
            return with(perceptron, null);
        }

        @Override
        public OfNumbers beside(Evaluation other) {
            return with(PerceptronOfNumbers.of((OfNumbers) other), residuals);
        }

        @Override
        public boolean agreesWith(Evaluation earlier) {
            return earlier instanceof OfNumbers other
                    && (other.residuals == null ? asOfOld() : asKnown(other)).equals(other);
        }

        private OfNumbers asKnown(OfNumbers earlier) {
            return with(perceptron == null || earlier.perceptron == null ? earlier.perceptron : perceptron, residuals);
        }

        private OfNumbers with(@Nullable PerceptronOfNumbers beside, @Nullable Histogram other) {
            return new OfNumbers(rows, loss, r2, rmse, mae, mape, zeros, meanResidual, baseline, beside, other);
        }

        private OfNumbers asOfOld() {
            return new OfNumbers(rows, loss, r2, rmse, mae, null, null, null, null, null, null);
        }
    }

    /** What tells how good predicted numbers are. */
    interface NumberFigures {

        @Nullable
        Double r2();

        double rmse();

        double mae();

        @Nullable
        Double mape();
    }

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
    record OfSeveralNumbers(
            int rows,
            double loss,
            @Nullable Double r2,
            double rmse,
            double mae,
            @Nullable Double mape,
            @Nullable Map<String, Evaluation> targets)
            implements Evaluation, NumberFigures {

        public OfSeveralNumbers {
            targets = targets == null ? null : ByTarget.copy(targets);
        }

        /** With the means over the targets. */
        static OfSeveralNumbers of(int rows, double loss, Map<String, OfNumbers> targets) {
            Collection<OfNumbers> all = targets.values();
            return new OfSeveralNumbers(
                    rows,
                    loss,
                    Means.of(all, OfNumbers::r2),
                    Means.ofAll(all, OfNumbers::rmse),
                    Means.ofAll(all, OfNumbers::mae),
                    Means.of(all, OfNumbers::mape),
                    ByTarget.copy(targets));
        }

        @Override
        public boolean allFinite() {
            return Double.isFinite(loss)
                    && Double.isFinite(rmse)
                    && (targets == null || targets.values().stream().allMatch(Evaluation::allFinite));
        }

        @Override
        public OfSeveralNumbers withoutCurves() {
            return this;
        }

        @Override
        public OfSeveralNumbers headline() {
            return with(null);
        }

        @Override
        public OfSeveralNumbers beside(Evaluation other) {
            return with(ByTarget.beside(targets, ((OfSeveralNumbers) other).targets));
        }

        @Override
        public boolean agreesWith(Evaluation earlier) {
            return earlier instanceof OfSeveralNumbers other
                    && headline().equals(other.headline())
                    && ByTarget.agree(targets, other.targets);
        }

        private OfSeveralNumbers with(@Nullable Map<String, Evaluation> others) {
            return new OfSeveralNumbers(rows, loss, r2, rmse, mae, mape, others);
        }
    }

    /**
     * Of several predicted labels a row, which has a label where the target is of its second class. A mean is over the
     * targets, each counting once.
     *
     * @param subsetAccuracy share of rows all of whose labels are right
     * @param hammingLoss share of the labels of all rows that are wrong
     * @param macroF1 mean of the F1 of the labels; 0 for one that no row has and none is predicted to have
     * @param microF1 F1 over the labels of all rows
     * @param rocAuc mean; null where that of one target is
     * @param averagePrecision mean; null where that of one target is
     * @param targets what a single target of two classes has, by the name of each, its own loss among it; null where
     *     somebody wants single figures only
     */
    @JsonTypeName("multi_label")
    record OfLabels(
            int rows,
            double loss,
            double subsetAccuracy,
            double hammingLoss,
            double macroF1,
            double microF1,
            @Nullable Double rocAuc,
            @Nullable Double averagePrecision,
            @Nullable Map<String, Evaluation> targets)
            implements Evaluation {

        public OfLabels {
            targets = targets == null ? null : ByTarget.copy(targets);
        }

        @Override
        public boolean allFinite() {
            return Double.isFinite(loss)
                    && (targets == null || targets.values().stream().allMatch(Evaluation::allFinite));
        }

        @Override
        public OfLabels withoutCurves() {
            return with(ByTarget.each(targets, Evaluation::withoutCurves));
        }

        @Override
        public OfLabels headline() {
            return with(null);
        }

        @Override
        public OfLabels beside(Evaluation other) {
            return with(ByTarget.beside(targets, ((OfLabels) other).targets));
        }

        @Override
        public boolean agreesWith(Evaluation earlier) {
            return earlier instanceof OfLabels other
                    && headline().equals(other.headline())
                    && ByTarget.agree(targets, other.targets);
        }

        private OfLabels with(@Nullable Map<String, Evaluation> others) {
            return new OfLabels(
                    rows, loss, subsetAccuracy, hammingLoss, macroF1, microF1, rocAuc, averagePrecision, others);
        }
    }
}
