package io.twostep.training;

import java.util.Arrays;

/** Counts actual against predicted classes. */
final class ClassTally {

    private final long[][] counts;
    private long rows;

    ClassTally(int classes) {
        counts = new long[classes][classes];
    }

    void add(int actual, int predicted) {
        counts[actual][predicted]++;
        rows++;
    }

    double accuracy() {
        long right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return (double) right / rows;
    }

    /** The mean recall of the classes that are actual somewhere. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < counts.length; k++) {
            long actual = Arrays.stream(counts[k]).sum();
            if (actual > 0) {
                sum += (double) counts[k][k] / actual;
                present++;
            }
        }
        return sum / present;
    }

    /** Over the classes that are actual or predicted somewhere. */
    double macroF1() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < counts.length; k++) {
            long mentions = mentions(k);
            if (mentions > 0) {
                sum += 2.0 * counts[k][k] / mentions;
                present++;
            }
        }
        return sum / present;
    }

    /** How often the class is actual plus how often it is predicted: F1 = 2 TP / (2 TP + FP + FN). */
    private long mentions(int k) {
        long mentions = 0;
        for (int other = 0; other < counts.length; other++) {
            mentions += counts[k][other] + counts[other][k];
        }
        return mentions;
    }
}
