package io.twostep.features;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the training rows of each category and adds up their targets, fold by fold, so that the means can be had of all
 * folds, and of all but one.
 *
 * <p>The mean of n rows is drawn towards that of all: {@code (n mean + m prior) / (n + m)}, after Micci-Barreca, "A
 * preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations 3 (2001), with m given.
 */
final class TargetMeansFit {

    /** Means of all folds that are held at most: many categories times many classes must not fill the heap. */
    private static final int MOST_MEANS = 1_000_000;

    private static final int NO_FOLD = -1;

    private final Texts values;
    private final CategoryEncoding.TargetMean encoding;
    private final UnseenCategory unseen;
    private final RowTargets targets;
    private final CategoryChoice choice;
    private final int[][] counts;
    private final double[][] sums;

    /** @param values of the training rows */
    TargetMeansFit(
            Texts values, CategoryEncoding.TargetMean encoding, UnseenCategory unseen, TrainingRows trainingRows) {
        this.values = values;
        this.encoding = encoding;
        this.unseen = unseen;
        this.targets = trainingRows.targets();
        int most = Math.max(1, MOST_MEANS / (targets.width() * (encoding.folds() + 1)));
        this.choice = CategoryChoice.of(values, 1, Math.min(encoding.maxCategories(), most), unseen);
        int groups = choice.kept().size() + 2;
        this.counts = new int[encoding.folds()][groups];
        this.sums = new double[encoding.folds()][groups * targets.width()];
        for (int row = 0; row < values.rows(); row++) {
            int group = group(values.values()[row]);
            int fold = trainingRows.fold(row, encoding.folds());
            counts[fold][group]++;
            targets.add(row, sums[fold], group * targets.width());
        }
    }

    /** What is learned from all training rows. */
    TargetMeans all() {
        return without(NO_FOLD);
    }

    /** What is learned from the rows of all folds but one, for each fold. */
    List<TargetMeans> withoutEachFold() {
        return IntStream.range(0, encoding.folds()).mapToObj(this::without).toList();
    }

    /** The category's place, or behind them that of the pool or of missing values. */
    private int group(@Nullable String value) {
        if (value == null) {
            return missingGroup();
        }
        int place = Collections.binarySearch(choice.kept(), value, CodePoints.ORDER);
        return place < 0 ? poolGroup() : place;
    }

    private int poolGroup() {
        return choice.kept().size();
    }

    private int missingGroup() {
        return poolGroup() + 1;
    }

    private TargetMeans without(int fold) {
        double[] priors = new double[targets.width()];
        Arrays.setAll(priors, number -> mean(number, IntStream.rangeClosed(0, missingGroup()), fold, 0));
        List<List<Double>> means = IntStream.range(0, choice.kept().size())
                .mapToObj(group -> means(group, fold, priors))
                .toList();
        return new TargetMeans(
                values.name(),
                targets.names(),
                choice.kept(),
                means,
                choice.missing() ? means(missingGroup(), fold, priors) : null,
                unseen,
                choice.pool(),
                choice.pool() == null ? null : means(poolGroup(), fold, priors));
    }

    private List<Double> means(int group, int fold, double[] priors) {
        return IntStream.range(0, targets.width())
                .mapToObj(number -> smoothed(number, group, fold, priors[number]))
                .toList();
    }

    private double smoothed(int number, int group, int fold, double prior) {
        int rows = count(group, fold);
        double mean = mean(number, IntStream.of(group), fold, prior);
        return rows == 0 ? prior : (rows * mean + encoding.smoothing() * prior) / (rows + encoding.smoothing());
    }

    /** The mean of a number over some groups, in the folds but one; {@code none} if there is no row. */
    private double mean(int number, IntStream groups, int without, double none) {
        long rows = 0;
        double sum = 0;
        for (int group : groups.toArray()) {
            rows += count(group, without);
            sum += sum(number, group, without);
        }
        return rows == 0 ? none : targets.standardised(number, sum, rows);
    }

    private int count(int group, int without) {
        int rows = 0;
        for (int fold = 0; fold < counts.length; fold++) {
            rows += fold == without ? 0 : counts[fold][group];
        }
        return rows;
    }

    private double sum(int number, int group, int without) {
        double sum = 0;
        for (int fold = 0; fold < sums.length; fold++) {
            sum += fold == without ? 0 : sums[fold][group * targets.width() + number];
        }
        return sum;
    }
}
