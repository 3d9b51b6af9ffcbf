package io.twostep.model.web;

import io.twostep.features.Notation;
import io.twostep.features.TextValue;
import io.twostep.features.UnseenCategory;
import io.twostep.model.web.InputSchema.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (2020-12) of one instance by column name, so that a client can check it before it sends it. It allows
 * what the service takes; of a number written as a string, or a category that must be known, in its plain form only.
 */
final class InstanceSchema {

    static final String MEDIA_TYPE = "application/schema+json";

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final int EXAMPLES = 10;

    /** A number of JSON without an exponent, not too long for a reader of the schema. */
    private static final String PLAIN_NUMBER = "(?=.{1,40}$)-?(0|[1-9][0-9]*)([.][0-9]+)?";

    private InstanceSchema() {}

    static Map<String, Object> of(InputSchema input) {
        Map<String, Object> properties = new LinkedHashMap<>();
        input.columns().forEach(column -> properties.put(column.name(), property(column, input.notation())));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "An instance for version " + input.version() + " of model " + input.model());
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(Column column, Notation notation) {
        Map<String, Object> schema = new LinkedHashMap<>();
        List<String> categories = column.categories();
        if (column.type().equals("number")) {
            schema.put("type", List.of("number", "string", "null"));
            schema.put("pattern", numberOrMissing(notation));
            if (column.min() != null) {
                schema.put("description", "In training from " + column.min() + " to " + column.max() + ".");
            }
        } else if (column.dateOrder() != null) {
            schema.put("type", List.of("string", "null"));
            schema.put(
                    "description",
                    "A date, written with the " + column.dateOrder().first() + " first.");
        } else if (categories != null && isClosed(column, categories)) {
            schema.put("enum", values(categories, notation));
        } else {
            schema.put("type", List.of("string", "number", "boolean", "null"));
            if (categories != null) {
                schema.put("examples", categories.subList(0, Math.min(EXAMPLES, categories.size())));
            }
        }
        return schema;
    }

    /** Whether the categories that are told are all that the model takes. */
    private static boolean isClosed(Column column, List<String> categories) {
        return column.unseen() == UnseenCategory.REJECT
                && column.categoryCount() != null
                && column.categoryCount() == categories.size();
    }

    /** All that may stand for one of the categories or for none. */
    private static List<@Nullable Object> values(List<String> categories, Notation notation) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        values.add("");
        values.addAll(notation.missing());
        for (String category : categories) {
            if (!values.contains(category)) {
                values.add(category);
            }
            Object literal = literal(category);
            if (literal != null) {
                values.add(literal);
            }
        }
        return values;
    }

    /** The number or boolean of JSON that is written like the category. */
    private static @Nullable Object literal(String category) {
        if (category.equals("true") || category.equals("false")) {
            return category.equals("true");
        }
        return category.matches(PLAIN_NUMBER) ? new BigDecimal(category) : null;
    }

    /** A number or a marker of a missing one, as a pattern. */
    private static String numberOrMissing(Notation notation) {
        String number = notation.hasComma() ? TextValue.NUMBER_PATTERN.replace("\\.", ",") : TextValue.NUMBER_PATTERN;
        String missing =
                notation.missing().stream().map(InstanceSchema::escaped).collect(Collectors.joining("|"));
        return "^\\s*(" + number + "||" + missing + ")\\s*$";
    }

    private static String escaped(String marker) {
        return marker.replaceAll("[\\\\^$.|?*+()\\[\\]{}/]", "\\\\$0");
    }
}
