package io.twostep.features;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** Sorts numbers of rows by their values, without an object for any of them: eight bytes a row. */
final class RowOrder {

    /** Runs that insertion sorts faster than merging. */
    private static final int SHORT = 8;

    private final IntBinaryOperator comparison;

    private RowOrder(IntBinaryOperator comparison) {
        this.comparison = comparison;
    }

    /** By size or code point; zeros are the same with either sign, and missing values are the same and come last. */
    static RowOrder of(ColumnData column) {
        return column instanceof Numbers numbers
                ? new RowOrder((a, b) -> compare(numbers.values()[a], numbers.values()[b]))
                : new RowOrder((a, b) -> compare((Texts) column, a, b));
    }

    private static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }

    private static int compare(Texts column, int a, int b) {
        String left = column.values()[a];
        String right = column.values()[b];
        return left == null || right == null
                ? Boolean.compare(left == null, right == null)
                : CodePoints.ORDER.compare(left, right);
    }

    boolean areSame(int row, int other) {
        return comparison.applyAsInt(row, other) == 0;
    }

    /** The rows from 0 on; those of the same value in the order in which they stand. */
    int[] sorted(int rows) {
        int[] order = new int[rows];
        Arrays.setAll(order, row -> row);
        merge(order.clone(), order, 0, rows);
        return order;
    }

    /** Sorts {@code from} to before {@code to} of both, which hold the same rows there, into {@code target}. */
    private void merge(int[] source, int[] target, int from, int to) {
        if (to - from <= SHORT) {
            insert(target, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        merge(target, source, from, middle);
        merge(target, source, middle, to);
        if (comparison.applyAsInt(source[middle - 1], source[middle]) <= 0) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int place = from; place < to; place++) {
            boolean takesLeft =
                    right == to || (left < middle && comparison.applyAsInt(source[left], source[right]) <= 0);
            target[place] = takesLeft ? source[left++] : source[right++];
        }
    }

    private void insert(int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int place = i;
            while (place > from && comparison.applyAsInt(rows[place - 1], row) > 0) {
                rows[place] = rows[place - 1];
                place--;
            }
            rows[place] = row;
        }
    }
}
