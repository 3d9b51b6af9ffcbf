package io.twostep.web;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Spelling;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** Says in our own words why a JSON value does not fit a type; Jackson's words name classes. */
final class Misfit {

    private static final String INT = "between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE;
    private static final String LONG = "between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE;
    private static final Map<Class<?>, String> RANGES =
            Map.of(int.class, INT, Integer.class, INT, long.class, LONG, Long.class, LONG);

    private Misfit() {}

    static InvalidValueException of(JacksonException failure, JavaType type, JsonNode node) {
        String pointer = pointer(failure.getPath());
        InvalidValueException cause = cause(failure);
        if (cause == null) {
            String detail = pointer.isEmpty() ? describe(type, node) : "has the wrong type: " + shown(node.at(pointer));
            return new InvalidValueException(List.of(new Problem(pointer, detail)));
        }
        return new InvalidValueException(cause.problems().stream()
                .map(problem -> new Problem(pointer + problem.pointer(), problem.detail()))
                .toList());
    }

    static String describe(JavaType type, JsonNode node) {
        Class<?> raw = type.getRawClass();
        if (raw.isEnum()) {
            List<String> names = Arrays.stream(raw.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toList();
            return choice(names, node);
        }
        String range = RANGES.get(raw);
        String expected = range != null && node.isIntegralNumber() ? range : expected(type);
        return "must be " + expected + " but was " + shown(node);
    }

    /** {@code must be one of a, b, c but was "d"}, and which of them was probably meant. */
    static String choice(List<String> names, JsonNode node) {
        String hint = node.isString() ? Spelling.hint(node.stringValue(), names) : "";
        return "must be one of " + String.join(", ", names) + " but was " + shown(node) + hint;
    }

    static String shown(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "an array";
        }
        return node.isString() ? Excerpt.quoted(node.stringValue()) : Excerpt.of(node.toString());
    }

    /** The problems told by a constructor or factory that Jackson called, if that was the reason. */
    static @Nullable InvalidValueException cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValueException invalid) {
                return invalid;
            }
        }
        return null;
    }

    private static String expected(JavaType type) {
        return type.isArrayType() || type.isCollectionLikeType() ? "an array" : expected(type.getRawClass());
    }

    /** What values of the type look like. */
    static String expected(Class<?> type) {
        if (RANGES.containsKey(type)) {
            return "an integer";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        return type == Instant.class ? "a time such as \"2026-01-31T12:00:00Z\"" : "an object";
    }

    private static String pointer(List<Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (Reference step : path) {
            String name = step.getPropertyName();
            pointer.append('/').append(name == null ? String.valueOf(step.getIndex()) : Problem.token(name));
        }
        return pointer.toString();
    }
}
