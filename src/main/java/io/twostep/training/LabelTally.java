package io.twostep.training;

import io.twostep.features.LabelsTarget;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Counts which labels rows have and which are predicted. A row has a label where its target is of the second class. All
 * figures are as scikit-learn has them of label indicators.
 */
final class LabelTally {

    private final LabelsTarget target;
    private final long[] right;
    private final long[] actual;
    private final long[] predicted;
    private long rows;
    private long rowsRight;
    private long wrong;

    LabelTally(LabelsTarget target) {
        int labels = target.targets().size();
        this.target = target;
        this.right = new long[labels];
        this.actual = new long[labels];
        this.predicted = new long[labels];
    }

    /** Adds rows, both [rows x labels]. */
    void add(FMatrixRMaj said, FMatrixRMaj is) {
        for (int row = 0; row < is.numRows; row++) {
            long wrongBefore = wrong;
            for (int label = 0; label < right.length; label++) {
                add(label, target.has(is, row, label), target.has(said, row, label));
            }
            rowsRight += wrong == wrongBefore ? 1 : 0;
        }
        rows += is.numRows;
    }

    private void add(int label, boolean is, boolean said) {
        actual[label] += is ? 1 : 0;
        predicted[label] += said ? 1 : 0;
        right[label] += is && said ? 1 : 0;
        wrong += is == said ? 0 : 1;
    }

    /** Share of the rows all of whose labels are right. */
    double subsetAccuracy() {
        return (double) rowsRight / rows;
    }

    /** Share of the labels of all rows that are wrong. */
    double hammingLoss() {
        return (double) wrong / rows / right.length;
    }

    /** The mean F1 of the labels; of one that no row has and none is predicted to have it is 0. */
    double macroF1() {
        return IntStream.range(0, right.length)
                        .mapToDouble(label -> f1(right[label], actual[label] + predicted[label]))
                        .sum()
                / right.length;
    }

    /** F1 over the labels of all rows; 0 where none is had or predicted. */
    double microF1() {
        return f1(
                Arrays.stream(right).sum(),
                Arrays.stream(actual).sum() + Arrays.stream(predicted).sum());
    }

    private static double f1(long both, long sum) {
        return sum == 0 ? 0 : 2.0 * both / sum;
    }
}
