package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the values of a column are, found by looking at all of them. */
public enum ColumnType {
    /** Decimal numbers. */
    @JsonProperty("number")
    NUMBER,
    /** Whole numbers that a double holds exactly: none beyond 2^53. */
    @JsonProperty("integer")
    INTEGER,
    /** {@code true} or {@code false}, in any case. */
    @JsonProperty("boolean")
    BOOLEAN,
    /** Dates, or dates and times, all written in one order. */
    @JsonProperty("date")
    DATE,
    /** Text that repeats, or too little of it to tell. */
    @JsonProperty("category")
    CATEGORY,
    /** Text of which most values stand once, such as names and ticket numbers. */
    @JsonProperty("text")
    TEXT;

    public boolean isNumeric() {
        return this == NUMBER || this == INTEGER;
    }
}
