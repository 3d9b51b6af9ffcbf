package io.twostep.features;

import io.twostep.error.Excerpt;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Rows by time; those of the same time stay together: the parts may be somewhat larger or smaller for it. */
record TimeSplit(double validation, double test) {

    /** ISO 8601 from the year to the fraction of a second, in one zone. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?Z?)?)?)?");

    Parts divide(ColumnData column) {
        Splitter.requireValues(column);
        RowOrder byTime = RowOrder.of(column instanceof Texts texts ? times(texts) : column);
        int[] order = byTime.sorted(column.rows());
        int testRows = Math.toIntExact(Math.round(order.length * test));
        int validationRows = Math.toIntExact(Math.round(order.length * validation));
        int testStart = edge(order.length - testRows, order, byTime);
        int validationStart = edge(Math.max(0, testStart - validationRows), order, byTime);
        Parts parts = new Parts(order.length);
        parts.give(Arrays.copyOfRange(order, validationStart, testStart), SplitPart.VALIDATION);
        parts.give(Arrays.copyOfRange(order, testStart, order.length), SplitPart.TEST);
        return parts;
    }

    /** The nearest place at which a new time begins. */
    private static int edge(int place, int[] order, RowOrder byTime) {
        int down = place;
        int up = place;
        while (isWithinATime(down, order, byTime) && isWithinATime(up, order, byTime)) {
            down--;
            up++;
        }
        return isWithinATime(down, order, byTime) ? up : down;
    }

    private static boolean isWithinATime(int place, int[] order, RowOrder byTime) {
        return place > 0 && place < order.length && byTime.areSame(order[place - 1], order[place]);
    }

    /** What sorts as the times of a column do. */
    private static ColumnData times(Texts column) {
        if (column.dates() != null) {
            return new Numbers(
                    column.name(), DateTime.days(column, column.dates()).toArray());
        }
        requireTimes(column);
        return column;
    }

    private static void requireTimes(Texts column) {
        boolean spaced = TIME.matcher(String.valueOf(column.values()[0])).matches()
                && String.valueOf(column.values()[0]).indexOf(' ') >= 0;
        for (String value : column.values()) {
            String text = String.valueOf(value);
            if (!TIME.matcher(text).matches() || (spaced ? text.indexOf('T') : text.indexOf(' ')) >= 0) {
                throw Splitter.problem(
                        column,
                        "must hold numbers, or times all in one form such as 2026-01-31 or 2026-01-31T12:00Z, but holds "
                                + Excerpt.quoted(text));
            }
        }
    }
}
