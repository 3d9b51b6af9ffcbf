package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with a category that no training row had. */
public enum UnseenCategory {
    /** All inputs of the column are zero: none of the categories that the model knows. */
    @JsonProperty("other")
    OTHER,
    /** The row is refused. */
    @JsonProperty("reject")
    REJECT
}
