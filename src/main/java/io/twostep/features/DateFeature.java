package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A date as several numbers: how far along it is, and where in the year, the week and the day. Of a missing date all are
 * 0, and one more input is 1 if training rows lacked it.
 *
 * @param order how the column writes its dates
 * @param parts what the network is told, at least one
 * @param missing whether training rows lacked the value
 * @param min the first date of the training rows in days since 1970 (UTC); null if they had none
 * @param max the last one, likewise
 */
@JsonTypeName("date")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DateFeature(
        String name,
        DateOrder order,
        List<Part> parts,
        boolean missing,
        @Nullable Double min,
        @Nullable Double max) implements Feature {

    /**
     * One part.
     *
     * @param mean of the training rows; 0 for a part that goes round
     * @param standardDeviation likewise; 1 where they do not differ, or the part goes round
     */
    public record Part(DatePart part, double mean, double standardDeviation) {

        static Part fit(DatePart part, Texts trainingRows, DateOrder order) {
            if (part.isCyclic()) {
                return new Part(part, 0, 1);
            }
            Moments moments =
                    Moments.of(DateTime.of(trainingRows, order, part::of).toArray());
            double sd = moments.standardDeviation();
            return new Part(part, moments.mean(), sd == 0 ? 1 : sd);
        }

        /** Writes the inputs of the part; returns the place behind them. */
        int encode(DateTime date, float[] x, int at) {
            double value = part.of(date);
            if (!part.isCyclic()) {
                x[at] = (float) ((value - mean) / standardDeviation) + 0f;
                return at + 1;
            }
            double angle = 2 * Math.PI * value;
            x[at] = (float) StrictMath.sin(angle); // the same bits on every machine
            x[at + 1] = (float) StrictMath.cos(angle);
            return at + 2;
        }
    }

    public DateFeature {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new InvalidValueException("parts", "must name at least one part");
        }
    }

    /**
     * Learns from the training rows.
     *
     * @param wanted what the network may be told; of that, what is the same in all training rows is left out
     * @throws InvalidValueException at the first value that is no date
     */
    static DateFeature fit(Texts trainingRows, DateOrder order, Collection<DatePart> wanted) {
        DoubleSummaryStatistics days = DateTime.days(trainingRows, order).summaryStatistics();
        List<Part> parts = new ArrayList<>();
        for (DatePart part : DatePart.values()) {
            if (wanted.contains(part) && varies(DateTime.of(trainingRows, order, part::of))) {
                parts.add(Part.fit(part, trainingRows, order));
            }
        }
        boolean none = days.getCount() == 0;
        if (parts.isEmpty()) {
            parts.add(new Part(DatePart.EPOCH, none ? 0 : days.getMin(), 1));
        }
        return new DateFeature(
                trainingRows.name(),
                order,
                parts,
                days.getCount() < trainingRows.rows(),
                none ? null : days.getMin(),
                none ? null : days.getMax());
    }

    private static boolean varies(DoubleStream values) {
        return values.distinct().limit(2).count() == 2;
    }

    @Override
    public int width() {
        return parts.stream().mapToInt(part -> part.part().width()).sum() + (missing ? 1 : 0);
    }

    @Override
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        parts.forEach(part -> part.part().inputNames().forEach(input -> names.add(name + " " + input)));
        if (missing) {
            names.add(name + " is missing");
        }
        return List.copyOf(names);
    }

    @Override
    public boolean takesNumbers() {
        return false;
    }

    /** Nothing is known of a text that is no date. */
    @Override
    public boolean isOutOfRange(String value) {
        DateTime date = DateTime.parse(value, order);
        return date != null && min != null && max != null && (date.epochDays() < min || date.epochDays() > max);
    }

    @Override
    public @Nullable String encode(@Nullable String value, float[] x, int at) {
        if (value == null) {
            Arrays.fill(x, at, at + width(), 0);
            if (missing) {
                x[at + width() - 1] = 1;
            }
            return null;
        }
        DateTime date = DateTime.parse(value, order);
        if (date == null) {
            return "must be a date " + written() + " but was " + Excerpt.quoted(value);
        }
        int place = at;
        for (Part part : parts) {
            place = part.encode(date, x, place);
        }
        if (missing) {
            x[place] = 0;
        }
        return null;
    }

    /** The first date of the training rows, to the second. */
    public @Nullable Instant earliest() {
        return instant(min);
    }

    /** The last one. */
    public @Nullable Instant latest() {
        return instant(max);
    }

    private static @Nullable Instant instant(@Nullable Double days) {
        return days == null ? null : Instant.ofEpochSecond(Math.round(days * DateTime.SECONDS_A_DAY));
    }

    private String written() {
        return switch (order) {
            case YEAR_FIRST -> "such as 2026-01-31 or 2026-01-31T12:00Z";
            case DAY_FIRST -> "with the day first, such as 31.01.2026 or 31/01/2026 12:00,";
            case MONTH_FIRST -> "with the month first, such as 01/31/2026 or 01/31/2026 12:00,";
        };
    }
}
