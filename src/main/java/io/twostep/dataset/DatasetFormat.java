package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an upload writes its table. */
public enum DatasetFormat {
    /** Values between delimiters, the first line names the columns. */
    @JsonProperty("csv")
    CSV,
    /** As {@link #CSV}, and the delimiter is the tab. */
    @JsonProperty("tsv")
    TSV,
    /** An array of flat objects. */
    @JsonProperty("json")
    JSON
}
