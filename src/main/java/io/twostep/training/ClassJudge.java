package io.twostep.training;

import io.twostep.features.ClassTarget;
import io.twostep.matrix.Functions;
import io.twostep.nn.Probabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Judges predicted labels and the probabilities of all of them. */
final class ClassJudge implements Judge {

    private final ClassTarget target;
    private final Functions functions;
    private final ClassTally tally;
    private final CalibrationTally calibration = new CalibrationTally();
    private final Ranking ranking;

    /** The class whose probability is ranked first: of two only the second, for the other's order is the reverse. */
    private final int firstRanked;

    /** Where it stands in the ranking. */
    private final int place;

    private double logLoss;
    private double brier;

    ClassJudge(ClassTarget target, Functions functions, int mostRows) {
        this(target, functions, new Ranking(mostRows, ranked(target)), 0);
    }

    /**
     * One of several, whose probabilities are ranked in one memory.
     *
     * @param place of this one in the ranking
     */
    ClassJudge(ClassTarget target, Functions functions, Ranking ranking, int place) {
        int classes = target.labels().size();
        this.target = target;
        this.functions = functions;
        this.tally = new ClassTally(classes);
        this.firstRanked = classes - ranked(target);
        this.ranking = ranking;
        this.place = place;
    }

    /** How many of its classes are ranked. */
    private static int ranked(ClassTarget target) {
        int classes = target.labels().size();
        return classes == 2 ? 1 : classes;
    }

    @Override
    public void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        for (int row = 0; row < actual.numRows; row++) {
            int label = target.labelIndex(actual, row);
            int said = target.labelIndex(predicted, row);
            tally.add(label, said);
            logLoss -= logProbability(predicted, row, label);
            if (firstRanked == 1) {
                addOfTwo(predicted.get(row, predicted.numCols - 1), label == 1);
            } else {
                addOfMany(predicted, row, label);
                calibration.add(predicted.get(row, said), said == label);
            }
        }
    }

    private void addOfTwo(float second, boolean isSecond) {
        double distance = second - (isSecond ? 1.0 : 0.0);
        brier += distance * distance;
        calibration.add(second, isSecond);
        ranking.add(place, second, isSecond);
    }

    private void addOfMany(FMatrixRMaj predicted, int row, int label) {
        for (int k = 0; k < predicted.numCols; k++) {
            float probability = predicted.get(row, k);
            double distance = probability - (k == label ? 1.0 : 0.0);
            brier += distance * distance;
            ranking.add(place + k, probability, k == label);
        }
    }

    private double logProbability(FMatrixRMaj predicted, int row, int label) {
        if (predicted.numCols > 1) {
            return Probabilities.log(functions, predicted.get(row, label));
        }
        double second = predicted.get(row, 0);
        return Probabilities.logOfTwo(functions, label == 1 ? second : 1 - second);
    }

    @Override
    public ClassEvaluation judged(double loss, @Nullable Evaluation training) {
        long rows = tally.rows();
        List<@Nullable Curve> curves = new ArrayList<>();
        for (int k = 0; k < target.labels().size(); k++) {
            curves.add(
                    k < firstRanked
                            ? null
                            : Curve.of(
                                    ranking,
                                    place + k - firstRanked,
                                    target.labels().get(k),
                                    tally.support(k),
                                    rows));
        }
        return new ClassEvaluation(
                (int) rows,
                loss,
                tally.accuracy(),
                tally.macroF1(),
                logLoss / rows,
                tally.balancedAccuracy(),
                tally.macroPrecision(),
                tally.macroRecall(),
                brier / rows,
                mean(curves, Curve::rocAuc),
                mean(curves, curve -> ranking.isExact() ? 0 : curve.within()),
                mean(curves, Curve::averagePrecision),
                calibration.error(),
                baseline(training),
                null,
                new ClassDetail(figures(curves), tally.confusion(), calibration.bins(), shown(curves)));
    }

    /** Over the ranked classes; null where one of them is absent, or alone. */
    private @Nullable Double mean(List<@Nullable Curve> curves, ToDoubleFunction<Curve> figure) {
        double sum = 0;
        for (int k = firstRanked; k < curves.size(); k++) {
            Curve curve = curves.get(k);
            if (curve == null) {
                return null;
            }
            sum += figure.applyAsDouble(curve);
        }
        return sum / (curves.size() - firstRanked);
    }

    private @Nullable List<ClassFigures> figures(List<@Nullable Curve> curves) {
        return curves.size() > ClassTally.MOST_LISTED
                ? null
                : IntStream.range(0, curves.size())
                        .mapToObj(k -> figures(k, curves.get(k)))
                        .toList();
    }

    private ClassFigures figures(int k, @Nullable Curve curve) {
        return new ClassFigures(
                target.labels().get(k),
                (int) tally.support(k),
                tally.precision(k),
                tally.recall(k),
                tally.f1(k),
                curve == null ? null : curve.rocAuc(),
                curve == null ? null : curve.averagePrecision());
    }

    private static @Nullable List<ClassCurves> shown(List<@Nullable Curve> curves) {
        List<ClassCurves> shown = curves.stream()
                .filter(Objects::nonNull)
                .map(Curve::shown)
                .filter(Objects::nonNull)
                .toList();
        return shown.isEmpty() ? null : shown;
    }

    private @Nullable MajorityBaseline baseline(@Nullable Evaluation training) {
        double[] shares = shares(training);
        if (shares.length == 0) {
            return null;
        }
        int most = 0;
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            most = shares[k] > shares[most] ? k : most;
            sum -= tally.support(k) == 0 ? 0 : tally.support(k) * functions.log(shares[k]);
        }
        return new MajorityBaseline(
                target.labels().get(most), (double) tally.support(most) / tally.rows(), sum / tally.rows());
    }

    /** Of each class among the training rows; none if nobody knows them any more. */
    private double[] shares(@Nullable Evaluation training) {
        if (training == null) {
            return IntStream.range(0, tally.classes())
                    .mapToDouble(k -> (double) tally.support(k) / tally.rows())
                    .toArray();
        }
        ClassDetail known = ((ClassEvaluation) training).detail();
        return known == null || known.classes() == null
                ? new double[0]
                : known.classes().stream()
                        .mapToDouble(figures -> (double) figures.support() / training.rows())
                        .toArray();
    }
}
