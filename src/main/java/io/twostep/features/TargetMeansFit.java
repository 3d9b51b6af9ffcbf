package io.twostep.features;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the training rows of each category and adds up their targets, fold by fold, so that the means can be had of all
 * folds, and of all but one.
 *
 * <p>The mean of n rows is drawn towards that of all, which is 0 in the unit of {@link RowTargets}:
 * {@code n mean / (n + m)}, after Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes",
 * SIGKDD Explorations 3 (2001), with m given. It is 0 for every fold, too: the mean of the other folds alone would be the
 * lower, the higher the targets of the fold itself are, and so tell them.
 */
final class TargetMeansFit {

    /** Means of one column, those without each fold included: some megabytes while a table is encoded. */
    private static final int MOST_MEANS = 200_000;

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
        int means = MOST_MEANS / targets.width() / (encoding.folds() + 1);
        int most = Math.min(encoding.maxCategories(), Math.max(1, means));
        this.choice = CategoryChoice.of(values, 1, most, unseen);
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
        List<List<Double>> means = IntStream.range(0, choice.kept().size())
                .mapToObj(group -> means(group, fold))
                .toList();
        return new TargetMeans(
                values.name(),
                targets.names(),
                choice.kept(),
                means,
                choice.missing() ? means(missingGroup(), fold) : null,
                unseen,
                choice.pool(),
                choice.pool() == null ? null : means(poolGroup(), fold));
    }

    private List<Double> means(int group, int fold) {
        return IntStream.range(0, targets.width())
                .mapToObj(number -> smoothed(number, group, fold))
                .toList();
    }

    /** The mean of a group in the folds but one, 0 if it has no row there. */
    private double smoothed(int number, int group, int fold) {
        int rows = count(group, fold);
        return rows == 0
                ? 0
                : rows * targets.standardised(number, sum(number, group, fold), rows) / (rows + encoding.smoothing());
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
