package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A date, or a date and a time, as people write them: {@code 2026-01-31}, {@code 2026-01-31T12:00:00.5Z},
 * {@code 31.01.2026 12:00}, {@code 1/31/2026 1:05 PM}.
 *
 * @param local as it is written; midnight where no time is
 * @param offset from UTC; none where none is written
 */
public record DateTime(LocalDateTime local, ZoneOffset offset) {

    private static final String DATE =
            "(?:(?<y>\\d{4})([-/])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})|(?<a>\\d{1,2})([./-])(?<b>\\d{1,2})\\6(?<z>\\d{4}))";

    private static final String TIME =
            "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?"
                    + "(?: ?(?<half>[AaPp][Mm]))?(?: ?(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?))?";

    private static final Pattern PATTERN = Pattern.compile(DATE + "(?:[T ]" + TIME + ")?");

    private static final int LONGEST = 64;
    private static final int NOON = 12;
    private static final int NANO_DIGITS = 9;
    static final double SECONDS_A_DAY = 86_400;
    static final double NANOS_A_DAY = 1e9 * SECONDS_A_DAY;

    /**
     * Reads a date, blanks around it aside.
     *
     * @param order how the column writes its dates
     * @return null if it is none, such as February 30, or is written in another order
     */
    public static @Nullable DateTime parse(String text, DateOrder order) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST) {
            return null;
        }
        Matcher found = PATTERN.matcher(stripped);
        if (!found.matches() || (found.group("y") != null) != (order == DateOrder.YEAR_FIRST)) {
            return null;
        }
        try {
            return new DateTime(local(found, order), offset(found.group("offset")));
        } catch (DateTimeException e) { // no such day or hour
            return null;
        }
    }

    /**
     * A number of each date of a column that is there. The texts are read again each time, since there may be millions.
     *
     * @throws InvalidValueException at the first value that is no date
     */
    static DoubleStream of(Texts column, DateOrder order, ToDoubleFunction<DateTime> number) {
        return Arrays.stream(column.presentRows()).mapToDouble(row -> {
            String text = Objects.requireNonNull(column.values()[row]);
            DateTime date = parse(text, order);
            if (date == null) {
                throw Problems.inColumn(column.name(), "holds " + Excerpt.quoted(text) + ", which is no date");
            }
            return number.applyAsDouble(date);
        });
    }

    /** The days of all dates of a column that are there. */
    static DoubleStream days(Texts column, DateOrder order) {
        return of(column, order, DateTime::epochDays);
    }

    /** Whether days come before months wherever the text is a date: dots are not written otherwise. */
    static boolean isDotted(String text) {
        return text.strip().matches("\\d{1,2}[.]\\d{1,2}[.]\\d{4}.*");
    }

    /** Days since 1970 in UTC, and the part of a day that has gone by. */
    double epochDays() {
        double nanos = local.toLocalTime().toNanoOfDay() - offset.getTotalSeconds() * 1e9;
        return local.toLocalDate().toEpochDay() + nanos / NANOS_A_DAY;
    }

    private static LocalDateTime local(Matcher found, DateOrder order) {
        boolean monthFirst = order == DateOrder.MONTH_FIRST;
        return switch (order) {
            case YEAR_FIRST -> local(found, number(found, "y"), number(found, "m"), number(found, "d"));
            case DAY_FIRST, MONTH_FIRST ->
                local(
                        found,
                        number(found, "z"),
                        number(found, monthFirst ? "a" : "b"),
                        number(found, monthFirst ? "b" : "a"));
        };
    }

    private static LocalDateTime local(Matcher found, int year, int month, int day) {
        return found.group("hour") == null
                ? LocalDateTime.of(year, month, day, 0, 0)
                : LocalDateTime.of(year, month, day, hour(found), number(found, "minute"), second(found), nanos(found));
    }

    /** @throws DateTimeException of half a day that has no such hour */
    private static int hour(Matcher found) {
        int hour = number(found, "hour");
        String half = found.group("half");
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > NOON) {
            throw new DateTimeException("no hour " + hour + " of half a day");
        }
        return hour % NOON + (half.equalsIgnoreCase("pm") ? NOON : 0);
    }

    private static int second(Matcher found) {
        return found.group("second") == null ? 0 : number(found, "second");
    }

    private static int nanos(Matcher found) {
        String fraction = found.group("fraction");
        return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    }

    private static ZoneOffset offset(@Nullable String text) {
        return text == null ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static int number(Matcher found, String group) {
        return Integer.parseInt(found.group(group));
    }
}
