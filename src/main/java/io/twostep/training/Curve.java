package io.twostep.training;

import io.twostep.training.ClassCurves.PrecisionRecall;
import io.twostep.training.ClassCurves.Roc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well the probability of one class tells it from the rest, at all thresholds (Fawcett, "An introduction to ROC
 * analysis", Pattern Recognition Letters 27, 2006). Areas are over all thresholds; of the points some are kept: the first
 * one, the last one, and each with which the curve has gone another equal part of its way, which for ROC is the sum of both
 * rates and for precision and recall the recall.
 */
final class Curve {

    /** The most points of one curve. */
    static final int MOST_POINTS = 200;

    /** The most points of the curves of all classes together. */
    static final int MOST_TOGETHER = 1000;

    private static final int FEWEST_POINTS = 20;

    private final String label;
    private final long positives;
    private final long negatives;
    private final Points roc;
    private final Points precisionRecall;
    private long truePositives;
    private long falsePositives;
    private double area;
    private double precision;
    private double ties;

    /** @param points the most that are kept of each curve; 0 for none */
    private Curve(String label, long positives, long negatives, int points) {
        this.label = label;
        this.positives = positives;
        this.negatives = negatives;
        this.roc = new Points(points);
        this.precisionRecall = new Points(points);
    }

    /**
     * Goes through all thresholds.
     *
     * @param positives rows of the class
     * @param rows of all classes
     * @return null where the class is absent, or alone
     */
    static @Nullable Curve of(Ranking ranking, int ofClass, String label, long positives, long rows) {
        if (positives == 0 || positives == rows || !ranking.isKnown()) {
            return null;
        }
        Curve curve = new Curve(label, positives, rows - positives, points(ranking.classes()));
        curve.roc.add(0, 0, 0, Double.NaN, false);
        ranking.forEach(ofClass, curve::read);
        return curve;
    }

    private static int points(int classes) {
        int points = Math.min(MOST_POINTS, MOST_TOGETHER / classes);
        return points < FEWEST_POINTS ? 0 : points;
    }

    private void read(double threshold, long positive, long negative) {
        area += (double) negative * truePositives + 0.5 * negative * positive;
        ties += (double) negative * positive;
        truePositives += positive;
        falsePositives += negative;
        double recall = (double) truePositives / positives;
        double share = (double) truePositives / (truePositives + falsePositives);
        precision += share * positive / positives;
        double fallOut = (double) falsePositives / negatives;
        boolean last = truePositives == positives && falsePositives == negatives;
        roc.add((recall + fallOut) / 2, fallOut, recall, threshold, last);
        precisionRecall.add(recall, recall, share, threshold, last);
    }

    double rocAuc() {
        return area / ((double) positives * negatives);
    }

    /** How far the area may be off because rows in a bin count as ties. */
    double within() {
        return ties / 2 / ((double) positives * negatives);
    }

    double averagePrecision() {
        return precision;
    }

    /** Null where no points are kept. */
    @Nullable
    ClassCurves shown() {
        return roc.most == 0
                ? null
                : new ClassCurves(
                        label,
                        new Roc(roc.x, roc.y, roc.thresholds.subList(1, roc.thresholds.size())),
                        new PrecisionRecall(precisionRecall.x, precisionRecall.y, precisionRecall.thresholds));
    }

    /** Some points of a curve. */
    private static final class Points {

        private final int most;
        private final List<Double> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();
        private final List<Double> thresholds = new ArrayList<>();
        private int parts = -1;

        private Points(int most) {
            this.most = most;
        }

        /** @param way how far the curve has come, 0 to 1 */
        private void add(double way, double newX, double newY, double threshold, boolean last) {
            int part = (int) (way * (most - 2));
            if (most > 0 && (part > parts || last)) {
                x.add(newX);
                y.add(newY);
                thresholds.add(threshold);
                parts = part;
            }
        }
    }
}
