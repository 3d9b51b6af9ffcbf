package io.twostep.features;

import io.twostep.error.InvalidValueException;
import java.util.stream.IntStream;

/** The part of each row while rows are divided; a byte a row. */
final class Parts {

    private final byte[] parts;

    /** All rows are for training. */
    Parts(int rows) {
        this.parts = new byte[rows];
    }

    void give(int row, SplitPart part) {
        parts[row] = part.code();
    }

    void give(int[] rows, SplitPart part) {
        for (int row : rows) {
            give(row, part);
        }
    }

    boolean isIn(int row, SplitPart part) {
        return parts[row] == part.code();
    }

    /** @throws InvalidValueException with pointer {@code /split} if no row would be left for training */
    Split split() {
        Split split = new Split(rows(SplitPart.TRAINING), rows(SplitPart.VALIDATION), rows(SplitPart.TEST));
        if (split.training().length == 0) {
            throw new InvalidValueException(
                    "split",
                    "leaves no training row: of %d rows %d are for validation and %d for test"
                            .formatted(parts.length, split.validation().length, split.test().length));
        }
        return split;
    }

    private int[] rows(SplitPart part) {
        return IntStream.range(0, parts.length).filter(row -> isIn(row, part)).toArray();
    }
}
