package io.twostep.web;

import io.twostep.error.Problem;
import io.twostep.kind.Kinds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one kind of a family: {@code {"type":"leaky_relu","slope":0.1}}, or the name alone where every field of the
 * kind has a default.
 */
final class KindReader extends NodeReader {

    private final Map<String, Class<?>> kinds;

    KindReader(Class<?> family, Map<String, Class<?>> kinds) {
        super(family);
        this.kinds = kinds;
    }

    @Override
    @Nullable
    Object read(JsonNode node, DeserializationContext context) {
        if (node.isString()) {
            return read(node, "", context.getNodeFactory().objectNode(), context);
        }
        if (!node.isObject()) {
            throw refusal("", node);
        }
        JsonNode name = node.get(Kinds.FIELD);
        if (name == null) {
            throw refusal(new Problem("/" + Kinds.FIELD, "is required: one of " + String.join(", ", kinds.keySet())));
        }
        ObjectNode fields = context.getNodeFactory().objectNode();
        node.forEachEntry((field, value) -> {
            if (!field.equals(Kinds.FIELD)) {
                fields.set(field, value);
            }
        });
        return read(name, "/" + Kinds.FIELD, fields, context);
    }

    private @Nullable Object read(JsonNode name, String pointer, JsonNode fields, DeserializationContext context) {
        Class<?> kind = name.isString() ? kinds.get(name.stringValue()) : null;
        if (kind == null) {
            throw refusal(pointer, name);
        }
        return read(fields, context.findContextualValueDeserializer(context.constructType(kind), null), context);
    }

    private BindingException refusal(String pointer, JsonNode name) {
        return refusal(new Problem(pointer, Misfit.choice(List.copyOf(kinds.keySet()), name)));
    }

    private static BindingException refusal(Problem problem) {
        return new BindingException(List.of(problem), 0);
    }
}
