package io.twostep.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A column of the dataset that was not learned from. */
public record ColumnLeftOut(String column, Reason reason) {

    /** Why. */
    public enum Reason {
        /** It is excluded, or others were asked for. */
        @JsonProperty("not_asked_for")
        NOT_ASKED_FOR,
        /** It says which rows are learned from. */
        @JsonProperty("divides_the_rows")
        DIVIDES_THE_ROWS,
        /** It says how much each row counts. */
        @JsonProperty("sample_weight")
        SAMPLE_WEIGHT
    }
}
