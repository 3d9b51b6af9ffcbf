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

    /**
     * The values that are not missing, ascending.
     *
     * @throws io.twostep.error.InvalidValueException if one is infinite
     */
    double[] presentValues() {
        double[] sorted = new double[rows() - missing()];
        int present = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sorted[present++] = value;
            }
        }
        Arrays.sort(sorted);
        if (present > 0 && (Double.isInfinite(sorted[0]) || Double.isInfinite(sorted[present - 1]))) {
            throw Problems.inColumn(name, "holds an infinite number");
        }
        return sorted;
    }

    private int missing() {
        int missing = 0;
        for (double value : values) {
            missing += Double.isNaN(value) ? 1 : 0;
        }
        return missing;
    }
}
