package io.twostep.web;

import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.type.CollectionType;

/** Reads a list whose elements are never null, every element of it whatever is wrong with the others. */
final class ListReader extends NodeReader {

    private final CollectionType type;
    private final @Nullable ValueDeserializer<?> elements;

    ListReader(CollectionType type) {
        this(type, null);
    }

    private ListReader(CollectionType type, @Nullable ValueDeserializer<?> elements) {
        super(List.class);
        this.type = type;
        this.elements = elements;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new ListReader(type, context.findContextualValueDeserializer(type.getContentType(), property));
    }

    @Override
    Object read(JsonNode node, DeserializationContext context) {
        if (!node.isArray()) {
            throw new BindingException(List.of(new Problem("", "must be an array but was " + Misfit.shown(node))), 0);
        }
        JavaType elementType = type.getContentType();
        Findings findings = new Findings();
        List<@Nullable Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            JsonNode element = node.get(i);
            if (element.isNull()) {
                findings.add(new Problem("/" + i, "must not be null"));
            } else {
                list.add(findings.part(String.valueOf(i), elementType, element, () -> element(element, context)));
            }
        }
        findings.throwIfAny();
        return list;
    }

    private @Nullable Object element(JsonNode element, DeserializationContext context) {
        ValueDeserializer<?> reader =
                elements == null ? context.findContextualValueDeserializer(type.getContentType(), null) : elements;
        return read(element, reader, context);
    }
}
