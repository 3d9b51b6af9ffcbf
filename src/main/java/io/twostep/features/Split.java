package io.twostep.features;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows to learn from, which to watch while learning, and which to keep for the end. Every row is in one part.
 *
 * @param training row indices, ascending, at least one
 * @param validation row indices, ascending
 * @param test row indices, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // indices of millions of rows: no boxes
public record Split(int[] training, int[] validation, int[] test) {

    private static final Range SHARE = Range.atLeast(0).below(1);

    /**
     * Parts drawn at random: a pure function of its arguments, the same on every machine and Java version.
     *
     * @param rows number of rows
     * @param validation share of the rows, 0 for none; the number of rows is rounded to the nearest
     * @param test likewise
     * @throws InvalidValueException with pointers {@code /split/validation}, {@code /split/test}, {@code /split} if a
     *     share is outside [0, 1) or no row would be left for training
     */
    public static Split random(int rows, double validation, double test, long seed) {
        requireShares(validation, test);
        int validationRows = Math.toIntExact(Math.round(rows * validation));
        int testRows = Math.toIntExact(Math.round(rows * test));
        int trainingRows = rows - validationRows - testRows;
        if (trainingRows < 1) {
            throw new InvalidValueException(
                    "split",
                    "leaves no training row: of %d rows %d are for validation and %d for test"
                            .formatted(rows, validationRows, testRows));
        }
        int[] order = IntStream.range(0, rows).toArray();
        RandomStream.of(seed, Purpose.SPLIT).shuffle(order);
        return new Split(
                part(order, 0, trainingRows),
                part(order, trainingRows, validationRows),
                part(order, trainingRows + validationRows, testRows));
    }

    /** The same parts as rows of a larger table, of which the rows that were split are those of {@code indices}. */
    public Split within(int[] indices) {
        return new Split(at(indices, training), at(indices, validation), at(indices, test));
    }

    /** The rows of a part. */
    public int[] rows(SplitPart part) {
        return switch (part) {
            case TRAINING -> training;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** The same, but that the rows for validation are learned from. */
    public Split withoutValidation() {
        int[] learned = IntStream.concat(Arrays.stream(training), Arrays.stream(validation))
                .sorted()
                .toArray();
        return new Split(learned, new int[0], test);
    }

    private static int[] at(int[] indices, int[] places) {
        return Arrays.stream(places).map(place -> indices[place]).toArray();
    }

    private static void requireShares(double validation, double test) {
        InvalidValueException.throwIfAny(
                SHARE.problem("split/validation", validation), SHARE.problem("split/test", test));
        if (validation + test >= 1) {
            throw new InvalidValueException(
                    "split",
                    "leaves no training row: validation %s and test %s add up to 1 or more"
                            .formatted(validation, test));
        }
    }

    private static int[] part(int[] order, int from, int rows) {
        int[] part = Arrays.copyOfRange(order, from, from + rows);
        Arrays.sort(part);
        return part;
    }
}
