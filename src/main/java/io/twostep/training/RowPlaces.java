package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.features.SplitPart;

/**
 * Where rows of tables that are one below the other come from, so that what is said of a row is said in its own table's
 * numbers.
 *
 * @param learned rows of the first table, that to learn from
 * @param validation rows of the next, for validation; those behind them are for the test
 */
record RowPlaces(int learned, int validation) {

    static RowPlaces of(int learned, OtherRows others) {
        return new RowPlaces(
                learned, others.validation() == null ? 0 : others.validation().rows());
    }

    /** A row in words: {@code row 7 (counted from 0) of the dataset for validation}. */
    String told(int row) {
        return "row %d (counted from 0)%s".formatted(row - first(row), of(" of ", row, ""));
    }

    /**
     * The same problems with the numbers that their rows have in the table they come from.
     *
     * @param row any of that table
     */
    InvalidValueException placed(InvalidValueException found, int row) {
        String where = of("in ", row, ": ");
        return new InvalidValueException(found.inRows(number -> number - first(row)).problems().stream()
                .map(problem -> new Problem(problem.pointer(), where + problem.detail()))
                .toList());
    }

    private String of(String before, int row, String after) {
        return row < learned ? "" : before + "the dataset for " + part(row).label() + after;
    }

    private SplitPart part(int row) {
        return row - learned < validation ? SplitPart.VALIDATION : SplitPart.TEST;
    }

    private int first(int row) {
        if (row < learned) {
            return 0;
        }
        return part(row) == SplitPart.VALIDATION ? learned : learned + validation;
    }
}
