package io.twostep.training;

import java.util.Arrays;

/**
 * The probabilities that rows were given of some classes, to be looked at in order.
 *
 * <p>Memory is bounded: at most {@link #MOST_NUMBERS} integers, and as many as one class has of them once more while these
 * are sorted. As long as rows times classes are no more, each probability is kept and all that is computed is exact.
 * Beyond, they are counted in bins, a power of two of them for each class, which are narrow near 0 and near 1 and whose
 * members count as ties. Which of the two it is follows from the number of rows that was told; what comes out does not
 * depend on the order of the rows.
 */
final class Ranking {

    /** Of all classes together, 4 MB. */
    static final int MOST_NUMBERS = 1 << 20;

    /** The fewest bins of a class that say anything; with more classes than these allow nothing is ranked. */
    private static final int FEWEST_BINS = 256;

    private static final int MOST_CLASSES = MOST_NUMBERS / 2 / FEWEST_BINS;

    private static final int HALF = Float.floatToIntBits(0.5f);
    private static final int KEY_BITS = 31;

    /** Sees the rows with one probability, or in one bin; from the highest to the lowest. */
    interface Reader {
        void read(double threshold, long positive, long negative);
    }

    private final int classes;
    private final int rows;
    private final boolean exact;
    private final int shift;
    private final int[] numbers;
    private final int[] ranked;

    /**
     * @param rows that will be added at most
     * @param classes of which rows have a probability
     */
    Ranking(int rows, int classes) {
        this.classes = classes;
        this.rows = rows;
        this.exact = (long) rows * classes <= MOST_NUMBERS;
        int bins = isPossible(classes) ? Integer.highestOneBit(MOST_NUMBERS / 2 / classes) : FEWEST_BINS;
        this.shift = KEY_BITS - Integer.numberOfTrailingZeros(bins);
        this.ranked = new int[exact ? classes : 0];
        this.numbers = new int[exact ? rows * classes : isPossible(classes) ? 2 * bins * classes : 0];
    }

    /** Integers that so many rows and classes take. */
    static double numbers(double rows, double classes) {
        return Math.min(rows * classes, MOST_NUMBERS);
    }

    private static boolean isPossible(int classes) {
        return classes <= MOST_CLASSES;
    }

    /** Whether anything can be told: not of very many rows of very many classes. */
    boolean isKnown() {
        return exact || isPossible(classes);
    }

    /** Whether probabilities are kept as they are. */
    boolean isExact() {
        return exact;
    }

    /**
     * Adds a row's probability of one class; rows of different classes need not be the same, nor come in one order.
     *
     * @param probability counts as the next one from 0 to 1
     */
    void add(int ofClass, float probability, boolean positive) {
        float score = probability >= 1 ? 1 : probability > 0 ? probability : 0;
        if (exact) {
            numbers[ofClass * rows + ranked[ofClass]++] = Float.floatToIntBits(score) << 1 | (positive ? 1 : 0);
        } else if (numbers.length > 0) {
            numbers[bin(ofClass, key(score)) + (positive ? 1 : 0)]++;
        }
    }

    /** Of which rows have a probability. */
    int classes() {
        return classes;
    }

    /** Shows the rows by their probability of one class. */
    void forEach(int ofClass, Reader reader) {
        if (exact) {
            forEachScore(ofClass, reader);
        } else if (numbers.length > 0) {
            forEachBin(ofClass, reader);
        }
    }

    private void forEachScore(int ofClass, Reader reader) {
        int from = ofClass * rows;
        Arrays.sort(numbers, from, from + ranked[ofClass]);
        int next = from + ranked[ofClass] - 1;
        while (next >= from) {
            int score = numbers[next] >>> 1;
            long positive = 0;
            long negative = 0;
            while (next >= from && numbers[next] >>> 1 == score) {
                positive += numbers[next] & 1;
                negative += 1 - (numbers[next] & 1);
                next--;
            }
            reader.read(Float.intBitsToFloat(score), positive, negative);
        }
    }

    private void forEachBin(int ofClass, Reader reader) {
        int low = bin(ofClass, 0);
        for (int bin = bin(ofClass, key(1)); bin >= low; bin -= 2) {
            if (numbers[bin] + numbers[bin + 1] > 0) {
                reader.read(score(((bin - low) / 2) << shift), numbers[bin + 1], numbers[bin]);
            }
        }
    }

    private int bin(int ofClass, int key) {
        int bins = 1 << (KEY_BITS - shift);
        return 2 * (ofClass * bins + (key >>> shift));
    }

    /** Grows with the probability, and finely towards 0 and 1, where floats or their distances from 1 are dense. */
    private static int key(float score) {
        return score <= 0.5f ? Float.floatToIntBits(score) : 2 * HALF - Float.floatToIntBits(1 - score);
    }

    /** The probability of a key. */
    private static double score(int key) {
        return key <= HALF ? Float.intBitsToFloat(key) : 1 - Float.intBitsToFloat(2 * HALF - key);
    }
}
