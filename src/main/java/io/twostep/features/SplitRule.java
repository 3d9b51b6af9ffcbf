package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What decides which rows are learned from and which are not. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface SplitRule {

    /** The column that decides; null if none does. */
    default @Nullable String column() {
        return null;
    }

    /** Chance alone. */
    @JsonTypeName("random")
    record Random() implements SplitRule {}

    /** Chance, but each class has its share in each part. */
    @JsonTypeName("stratified")
    record Stratified() implements SplitRule {}

    /** Chance, but rows with the same value are in the same part: a customer, a patient, a machine. */
    @JsonTypeName("group")
    record Group(String column) implements SplitRule {}

    /** Time: the first rows are learned from, the last ones are for the test, validation lies between. */
    @JsonTypeName("time")
    record Time(String column) implements SplitRule {}

    /** The column says {@code train}, {@code validation} or {@code test}. */
    @JsonTypeName("column")
    record Column(String column) implements SplitRule {}
}
