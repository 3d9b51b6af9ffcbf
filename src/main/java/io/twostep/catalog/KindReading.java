package io.twostep.catalog;

import io.twostep.error.InvalidValueException;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Kinds;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what there is to say of a kind: from its record, and from what a request becomes that says nothing. */
final class KindReading {

    private final JsonMapper json;
    private final Map<String, Class<?>> families;

    KindReading(JsonMapper json, Map<String, Class<?>> families) {
        this.json = json;
        this.families = families;
    }

    Kind read(Class<?> family, Class<? extends Record> kind) {
        Explained explained = kind.getAnnotation(Explained.class);
        if (explained == null) {
            throw new IllegalStateException(kind.getSimpleName() + " is not explained");
        }
        ObjectNode request = json.createObjectNode().put(Kinds.FIELD, Kinds.nameOf(kind));
        Set<String> required = required(family, request);
        complete(family, kind, request);
        Object usual = json.treeToValue(request, family);
        return new Kind(
                Kinds.nameOf(kind),
                List.of(explained.value()),
                explained.source().isEmpty() ? null : explained.source(),
                Stream.of(kind.getRecordComponents())
                        .map(component -> field(component, required, usual))
                        .toList());
    }

    /** Says what must be said of a kind: 1, or one kind of those that it holds. */
    private void complete(Class<?> family, Class<?> kind, ObjectNode request) {
        Set<String> required = required(family, request);
        for (RecordComponent component : kind.getRecordComponents()) {
            String field = Bounds.fieldName(component);
            Class<?> held = elements(component);
            if (required.contains(field) && held != null) {
                Class<?> first = Kinds.of(held).values().iterator().next();
                ObjectNode element = json.createObjectNode().put(Kinds.FIELD, Kinds.nameOf(first));
                complete(held, first, element);
                request.putArray(field).add(element);
            } else if (required.contains(field)) {
                request.put(field, 1);
            }
        }
    }

    /** Of what a list holds; null if it is no list. */
    private static @Nullable Class<?> elements(RecordComponent component) {
        return component.getType() == List.class
                        && component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : null;
    }

    /** What must be said of a kind. */
    private Set<String> required(Class<?> family, ObjectNode request) {
        try {
            json.treeToValue(request, family);
            return Set.of();
        } catch (InvalidValueException e) {
            return e.problems().stream()
                    .map(problem -> problem.pointer().substring(1))
                    .collect(Collectors.toSet());
        }
    }

    private Kind.Field field(RecordComponent component, Set<String> required, Object usual) {
        String name = Bounds.fieldName(component);
        Class<?> held = elements(component);
        String family = family(held == null ? component.getType() : held);
        boolean isRequired = required.contains(name);
        return Kind.Field.of(
                name,
                family == null ? type(component.getType()) : held == null ? "kind" : "kinds",
                family,
                isRequired,
                isRequired ? null : value(component, usual),
                Bounds.range(component));
    }

    private @Nullable String family(Class<?> type) {
        return families.entrySet().stream()
                .filter(family -> family.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static String type(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "integer";
        }
        throw new IllegalStateException("a field of a kind can be no " + type.getSimpleName());
    }

    private @Nullable JsonNode value(RecordComponent component, Object usual) {
        try {
            Object value = component.getAccessor().invoke(usual);
            return value == null ? null : json.valueToTree(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
