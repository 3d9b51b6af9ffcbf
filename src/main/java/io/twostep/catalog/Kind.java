package io.twostep.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.error.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One kind of a family.
 *
 * @param type its name
 * @param formula what it computes, line by line
 * @param source where that comes from; null for what everybody knows
 * @param fields beside {@code type}
 */
public record Kind(
        String type, List<String> formula, @Nullable String source, List<Field> fields) {

    public Kind {
        formula = List.copyOf(formula);
        fields = List.copyOf(fields);
    }

    /**
     * A field of a kind. Of its bounds those are null that it does not have.
     *
     * @param type {@code number}, {@code integer}, {@code boolean}, {@code kind}, or {@code kinds} for a list of them
     * @param family of the kind or kinds that it holds, else null
     * @param required whether it must be given
     * @param usual what it is where nothing is said; null if nothing is also a value, or if it is required
     */
    public record Field(
            String name,
            String type,
            @Nullable String family,
            boolean required,
            @JsonProperty("default") @Nullable JsonNode usual,
            @Nullable Double minimum,
            @Nullable Double exclusiveMinimum,
            @Nullable Double maximum,
            @Nullable Double exclusiveMaximum) {

        static Field of(
                String name,
                String type,
                @Nullable String family,
                boolean required,
                @Nullable JsonNode usual,
                @Nullable Range range) {
            return new Field(
                    name,
                    type,
                    family,
                    required,
                    usual,
                    range == null ? null : finite(range.low(), range.lowIncluded()),
                    range == null ? null : finite(range.low(), !range.lowIncluded()),
                    range == null ? null : finite(range.high(), range.highIncluded()),
                    range == null ? null : finite(range.high(), !range.highIncluded()));
        }

        private static @Nullable Double finite(double bound, boolean isOfThisSort) {
            return isOfThisSort && Double.isFinite(bound) ? bound : null;
        }
    }
}
