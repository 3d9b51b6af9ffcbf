package io.twostep.features;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Class labels as text, whatever the column holds, and their order. */
final class Labels {

    private static final double EXACT = 0x1p53;

    private Labels() {}

    /** The label of a row, null where it is missing; whole numbers without a decimal point. */
    static @Nullable String label(ColumnData column, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        return column instanceof Numbers numbers ? text(numbers.values()[row]) : ((Texts) column).values()[row];
    }

    /** All labels, each once: by size if all are numbers, by code point else. */
    static List<String> distinct(ColumnData column) {
        List<String> labels = IntStream.range(0, column.rows())
                .mapToObj(row -> label(column, row))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return labels.stream().sorted(order(labels)).toList();
    }

    private static Comparator<String> order(List<String> labels) {
        return labels.stream().allMatch(Labels::isNumber)
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(CodePoints.ORDER)
                : CodePoints.ORDER;
    }

    private static boolean isNumber(String label) {
        try {
            Double.parseDouble(label);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether it is the label of a number, and not another way to write it. */
    static boolean isWrittenNumber(String label) {
        OptionalDouble number = TextValue.number(label);
        return number.isPresent() && text(number.getAsDouble()).equals(label);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
