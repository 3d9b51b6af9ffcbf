package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as somebody looks at it before training.
 *
 * @param duplicateRows rows that are like one before them in all columns; null where too many values would have to be
 *     compared, or single columns were asked for
 * @param omittedColumns columns that were not asked for, or left out since there are so many
 */
public record TableProfile(
        long rows,
        @Nullable Long duplicateRows,
        List<ColumnProfile> columns,
        int omittedColumns,
        List<Warning> warnings) {

    /**
     * What a practitioner would look into.
     *
     * @param columns that it is about; none for the table as a whole, and the first hundred of many
     */
    public record Warning(Kind kind, List<String> columns, String detail) {}

    /** What is odd. */
    public enum Kind {
        /** The same value in all rows, or none. */
        @JsonProperty("constant")
        CONSTANT,
        /** Nearly another value in every row. */
        @JsonProperty("identifier_like")
        IDENTIFIER_LIKE,
        /** Many categories. */
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
        /** A class of the target that few rows have. */
        @JsonProperty("class_imbalance")
        CLASS_IMBALANCE,
        /** A column that nearly always tells the target: it may be known only afterwards. */
        @JsonProperty("suspiciously_perfect")
        SUSPICIOUSLY_PERFECT
    }
}
