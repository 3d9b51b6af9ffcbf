package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What comes first in the dates of a column. A column has one order: {@code 03/04/2026} alone does not tell. */
public enum DateOrder {
    /** {@code 2026-01-31}, the order of ISO 8601, or {@code 2026/1/31}. */
    @JsonProperty("year_first")
    YEAR_FIRST("year"),
    /** {@code 31.01.2026}, {@code 31/1/2026} or {@code 31-01-2026}. */
    @JsonProperty("day_first")
    DAY_FIRST("day"),
    /** {@code 01/31/2026} or {@code 1-31-2026}. */
    @JsonProperty("month_first")
    MONTH_FIRST("month");

    private final String first;

    DateOrder(String first) {
        this.first = first;
    }

    /** What comes first, in a word. */
    public String first() {
        return first;
    }
}
