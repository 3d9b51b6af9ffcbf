package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/** What a network is told of a date. What comes round again goes round a circle: its last value lies next to the first. */
public enum DatePart {
    /** Days since 1970 in UTC, standardised. */
    @JsonProperty("epoch")
    EPOCH(false),
    /** The year, standardised. */
    @JsonProperty("year")
    YEAR(false),
    /** The month, as sine and cosine. */
    @JsonProperty("month")
    MONTH(true),
    /** The day of the week, as sine and cosine. */
    @JsonProperty("weekday")
    WEEKDAY(true),
    /** The time of day, as sine and cosine. */
    @JsonProperty("time")
    TIME(true);

    private final boolean cyclic;

    DatePart(boolean cyclic) {
        this.cyclic = cyclic;
    }

    /** Whether it goes round. */
    boolean isCyclic() {
        return cyclic;
    }

    /** Number of inputs. */
    public int width() {
        return cyclic ? 2 : 1;
    }

    /** What each of them is. */
    List<String> inputNames() {
        String part = name().toLowerCase(Locale.ROOT);
        return cyclic ? List.of(part + " sine", part + " cosine") : List.of(part);
    }

    /** The part of a date: a number, or of one that goes round a share of the circle, from 0 to below 1. */
    double of(DateTime date) {
        return switch (this) {
            case EPOCH -> date.epochDays();
            case YEAR -> date.local().getYear();
            case MONTH -> (date.local().getMonthValue() - 1) / 12.0;
            case WEEKDAY -> (date.local().getDayOfWeek().getValue() - 1) / 7.0;
            case TIME -> date.local().toLocalTime().toNanoOfDay() / DateTime.NANOS_A_DAY;
        };
    }
}
