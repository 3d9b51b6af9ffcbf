package io.twostep.features;

import java.util.Arrays;

/**
 * A column of numbers.
 *
 * @param values one value a row, {@code NaN} where it is missing; not copied, and never written
 */
@SuppressWarnings("ArrayRecordComponent") // millions of rows: no boxes, no copies
public record Numbers(String name, double[] values) implements ColumnData {

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    @Override
    public Numbers rows(int[] indices) {
        return new Numbers(
                name, Arrays.stream(indices).mapToDouble(row -> values[row]).toArray());
    }
}
