package io.twostep.training;

/** Counts actual and predicted classes. */
final class ClassTally {

    private final long[] right;
    private final long[] actual;
    private final long[] predicted;
    private long rows;

    ClassTally(int classes) {
        right = new long[classes];
        actual = new long[classes];
        predicted = new long[classes];
    }

    void add(int actualClass, int predictedClass) {
        actual[actualClass]++;
        predicted[predictedClass]++;
        right[actualClass] += actualClass == predictedClass ? 1 : 0;
        rows++;
    }

    double accuracy() {
        long sum = 0;
        for (long count : right) {
            sum += count;
        }
        return (double) sum / rows;
    }

    /** The mean recall of the classes that are actual somewhere. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < actual.length; k++) {
            if (actual[k] > 0) {
                sum += (double) right[k] / actual[k];
                present++;
            }
        }
        return sum / present;
    }

    /** Over the classes that are actual or predicted somewhere: F1 = 2 TP / (2 TP + FP + FN). */
    double macroF1() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < actual.length; k++) {
            long mentions = actual[k] + predicted[k];
            if (mentions > 0) {
                sum += 2.0 * right[k] / mentions;
                present++;
            }
        }
        return sum / present;
    }
}
