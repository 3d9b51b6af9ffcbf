package io.twostep.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts actual and predicted classes. */
final class ClassTally {

    /** The most classes whose figures are listed. */
    static final int MOST_LISTED = 200;

    /** The most classes of a confusion matrix. */
    static final int MOST_IN_MATRIX = 50;

    private final long[] right;
    private final long[] actual;
    private final long[] predicted;
    private final int @Nullable [][] confusion;
    private long rows;

    ClassTally(int classes) {
        right = new long[classes];
        actual = new long[classes];
        predicted = new long[classes];
        confusion = classes > MOST_IN_MATRIX ? null : new int[classes][classes];
    }

    void add(int actualClass, int predictedClass) {
        actual[actualClass]++;
        predicted[predictedClass]++;
        right[actualClass] += actualClass == predictedClass ? 1 : 0;
        if (confusion != null) {
            confusion[actualClass][predictedClass]++;
        }
        rows++;
    }

    int classes() {
        return actual.length;
    }

    long rows() {
        return rows;
    }

    /** Rows that are of a class. */
    long support(int ofClass) {
        return actual[ofClass];
    }

    double accuracy() {
        long sum = 0;
        for (long count : right) {
            sum += count;
        }
        return (double) sum / rows;
    }

    /** Share of the rows predicted to be of the class that are; 0 where there are none. */
    double precision(int ofClass) {
        return share(right[ofClass], predicted[ofClass]);
    }

    /** Share of the rows of the class that are predicted to be; 0 where there are none. */
    double recall(int ofClass) {
        return share(right[ofClass], actual[ofClass]);
    }

    /** F1 = 2 TP / (2 TP + FP + FN); 0 where the class does not occur. */
    double f1(int ofClass) {
        return 2 * share(right[ofClass], actual[ofClass] + predicted[ofClass]);
    }

    /** The mean recall of the classes that are actual somewhere. */
    double balancedAccuracy() {
        return mean(IntStream.range(0, classes()).filter(k -> actual[k] > 0), this::recall);
    }

    /** Over the classes that are actual or predicted somewhere. */
    double macroF1() {
        return mean(mentioned(), this::f1);
    }

    /** Over the classes that are actual or predicted somewhere. */
    double macroPrecision() {
        return mean(mentioned(), this::precision);
    }

    /** Over the classes that are actual or predicted somewhere. */
    double macroRecall() {
        return mean(mentioned(), this::recall);
    }

    /** Rows by actual and predicted class; null if there are too many classes. */
    @Nullable
    List<List<Integer>> confusion() {
        return confusion == null
                ? null
                : Arrays.stream(confusion)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList();
    }

    private IntStream mentioned() {
        return IntStream.range(0, classes()).filter(k -> actual[k] + predicted[k] > 0);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static double mean(IntStream classes, IntToDoubleFunction figure) {
        double sum = 0;
        int count = 0;
        for (int k : classes.toArray()) {
            sum += figure.applyAsDouble(k);
            count++;
        }
        return sum / count;
    }
}
