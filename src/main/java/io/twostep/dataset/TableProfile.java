package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as somebody looks at it before training.
 *
 * @param duplicateRows rows that are like one before them in all columns
 * @param omittedColumns columns that were not asked for, or left out since there are so many
 */
public record TableProfile(
        long rows, long duplicateRows, List<ColumnProfile> columns, int omittedColumns, List<Warning> warnings) {

    /**
     * What a practitioner would look into.
     *
     * @param column null for the table as a whole
     */
    public record Warning(Kind kind, @Nullable String column, String detail) {}

    /** What is odd. */
    public enum Kind {
        /** One value in all rows, or none. */
        @JsonProperty("constant")
        CONSTANT,
        /** Another value in every row. */
        @JsonProperty("identifier_like")
        IDENTIFIER_LIKE,
        /** Many categories, few rows of each. */
        @JsonProperty("high_cardinality")
        HIGH_CARDINALITY,
        /** A few numbers far away from all others. */
        @JsonProperty("heavy_tails")
        HEAVY_TAILS,
        /** Most rows lack it. */
        @JsonProperty("mostly_missing")
        MOSTLY_MISSING,
        /** Rows that are there several times. */
        @JsonProperty("duplicate_rows")
        DUPLICATE_ROWS,
        /** Classes of the target of very different size. */
        @JsonProperty("class_imbalance")
        CLASS_IMBALANCE,
        /** A column that tells the target without fault: it may be known only afterwards. */
        @JsonProperty("suspiciously_perfect")
        SUSPICIOUSLY_PERFECT
    }
}
