package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are meant, by their value of a column; never those without one.
 *
 * @param equal the value: a number of a column of numbers, else text, {@code true} or {@code false}
 * @param in values of which it must be one
 * @param atLeast the least number
 * @param below what the number must be smaller than
 * @param from the first date, year first however the column is written
 * @param before the date that comes after the last one, likewise
 */
public record RowCondition(
        String column,
        @JsonProperty("equals") @Nullable Object equal,
        @Nullable List<Object> in,
        @Nullable Double atLeast,
        @Nullable Double below,
        @Nullable String from,
        @Nullable String before) {

    public RowCondition {
        in = in == null ? null : List.copyOf(in);
        boolean isRange = atLeast != null || below != null;
        boolean isPeriod = from != null || before != null;
        InvalidValueException.throwIfAny(
                problem("/equals", equal),
                in == null
                        ? null
                        : in.stream()
                                .map(value -> problem("/in", value))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null),
                in != null && in.isEmpty() ? new Problem("/in", "must hold at least one value") : null,
                atLeast == null ? null : Range.FINITE.problem("at_least", atLeast),
                below == null ? null : Range.FINITE.problem("below", below),
                atLeast != null && below != null && atLeast >= below
                        ? new Problem("/below", "must be > at_least, " + atLeast + ", but was " + below)
                        : null,
                dateProblem("/from", from),
                dateProblem("/before", before),
                from != null && before != null && !(days(from) < days(before))
                        ? new Problem("/before", "must be after from, " + from + ", but was " + before)
                        : null,
                Stream.of(equal != null, in != null, isRange, isPeriod)
                                        .filter(said -> said)
                                        .count()
                                == 1
                        ? null
                        : new Problem("", "must say one of equals, in, at_least and below, or from and before"));
    }

    private static @Nullable Problem problem(String pointer, @Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Number
                ? null
                : new Problem(pointer, "must be text, a number, true or false but was " + value);
    }

    private static @Nullable Problem dateProblem(String pointer, @Nullable String date) {
        return date == null || DateTime.parse(date, DateOrder.YEAR_FIRST) != null
                ? null
                : new Problem(
                        pointer,
                        "must be a date such as 2026-01-31 or 2026-01-31T12:00Z but was " + Excerpt.quoted(date));
    }

    /** NaN if it is no date, which is another problem. */
    private static double days(String date) {
        DateTime read = DateTime.parse(date, DateOrder.YEAR_FIRST);
        return read == null ? Double.NaN : read.epochDays();
    }

    /**
     * What cannot be said about a column; pointers are into the condition's JSON.
     *
     * @param numbers whether it holds numbers, not text
     * @param dates whether it holds dates, which are text too
     */
    public List<Problem> misfits(boolean numbers, boolean dates) {
        List<Problem> found = new ArrayList<>();
        if (!dates && (from != null || before != null)) {
            found.add(new Problem(from == null ? "/before" : "/from", "compares dates, but the column holds none"));
        }
        if (!numbers && (atLeast != null || below != null)) {
            found.add(new Problem(
                    atLeast == null ? "/below" : "/at_least", "compares numbers, but the column holds text"));
        }
        for (Object value : wanted()) {
            if (value instanceof Number != numbers) {
                found.add(new Problem(
                        equal == null ? "/in" : "/equals",
                        "must be " + (numbers ? "a number, as the column holds" : "text, as the column holds")
                                + ", but was " + shown(value)));
            }
        }
        return found;
    }

    private static String shown(Object value) {
        return value instanceof String text ? Excerpt.quoted(text) : value.toString();
    }

    /** Texts that are asked for; for a hint where no row has them. */
    List<String> texts() {
        return wanted().stream().map(String::valueOf).toList();
    }

    private List<Object> wanted() {
        return equal != null ? List.of(equal) : in == null ? List.of() : in;
    }

    /** Which rows of its column are meant. */
    IntPredicate on(ColumnData values) {
        DateOrder dates = values instanceof Texts texts ? texts.dates() : null;
        List<Problem> misfits = misfits(values instanceof Numbers, dates != null);
        if (!misfits.isEmpty()) {
            throw new InvalidValueException(misfits);
        }
        if (values instanceof Texts texts && dates != null && (from != null || before != null)) {
            return period(texts, dates);
        }
        if (values instanceof Texts texts) {
            Set<String> wanted = Set.copyOf(texts());
            return row -> texts.values()[row] != null && wanted.contains(texts.values()[row]);
        }
        double[] numbers = ((Numbers) values).values();
        if (atLeast != null || below != null) {
            double least = atLeast == null ? Double.NEGATIVE_INFINITY : atLeast;
            double end = below == null ? Double.POSITIVE_INFINITY : below;
            return row -> numbers[row] >= least && (below == null || numbers[row] < end);
        }
        Set<Double> wanted = wanted().stream()
                .map(value -> ((Number) value).doubleValue() + 0.0) // zeros are the same
                .collect(Collectors.toSet());
        return row -> wanted.contains(numbers[row] + 0.0);
    }

    private IntPredicate period(Texts texts, DateOrder order) {
        double first = from == null ? Double.NEGATIVE_INFINITY : days(from);
        double end = before == null ? Double.POSITIVE_INFINITY : days(before);
        return row -> {
            String text = texts.values()[row];
            DateTime date = text == null ? null : DateTime.parse(text, order);
            return date != null && date.epochDays() >= first && date.epochDays() < end;
        };
    }
}
