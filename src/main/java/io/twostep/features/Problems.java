package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.List;

/** How a problem with a table is told: its place as pointer and in words. */
final class Problems {

    private Problems() {}

    /** Pointer {@code /column}. */
    static InvalidValueException inColumn(String column, String rule) {
        return problem("/" + Problem.token(column), "column " + Excerpt.quoted(column) + " " + rule);
    }

    /** Pointer {@code /row/column}; rows are counted from 0, and named by the pointer alone. */
    static InvalidValueException inCell(int row, String column, String rule) {
        return problem(
                "/" + row + "/" + Problem.token(column), "column %s: %s".formatted(Excerpt.quoted(column), rule));
    }

    static InvalidValueException wrongKind(ColumnData column, String wanted) {
        String found = column instanceof Numbers ? "numbers" : "text";
        return inColumn(column.name(), "must hold " + wanted + " but holds " + found);
    }

    private static InvalidValueException problem(String pointer, String detail) {
        return new InvalidValueException(List.of(new Problem(pointer, detail)));
    }
}
