package io.twostep.web;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.util.ClassUtil;

/**
 * Reads a record: Jackson says which fields it has and how each is read, this class reads them all before it calls the
 * constructor or factory, and adds what that has to say.
 */
final class RecordReader extends NodeReader {

    private final BeanDeserializerBase bean;

    RecordReader(BeanDeserializerBase bean) {
        super(bean.handledType());
        this.bean = bean;
    }

    @Override
    public void resolve(DeserializationContext context) {
        bean.resolve(context);
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        ValueDeserializer<?> contextual = bean.createContextual(context, property);
        return contextual != bean && contextual instanceof BeanDeserializerBase other ? new RecordReader(other) : this;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    Object read(JsonNode node, DeserializationContext context) {
        ValueInstantiator creator = bean.getValueInstantiator();
        if (creator.canCreateUsingDelegate()
                || creator.canCreateUsingArrayDelegate()
                || (node.isString() && creator.canCreateFromString())) {
            return bean.deserialize(tokens(node, context), context);
        }
        if (!node.isObject()) {
            throw new BindingException(List.of(new Problem("", "must be an object but was " + Misfit.shown(node))), 0);
        }
        return fromFields(node, context);
    }

    private Object fromFields(JsonNode node, DeserializationContext context) {
        Map<String, SettableBeanProperty> fields = fields();
        Findings findings = new Findings();
        for (String name : node.propertyNames()) {
            if (!fields.containsKey(name)) {
                findings.addUnknownField(unknown(name, fields.keySet()));
            }
        }
        @Nullable Object[] arguments = new Object[fields.size()];
        for (SettableBeanProperty field : fields.values()) {
            arguments[field.getCreatorIndex()] = argument(field, node.get(field.getName()), context, findings);
        }
        return create(arguments, context, findings);
    }

    private Map<String, SettableBeanProperty> fields() {
        List<SettableBeanProperty> parameters = new ArrayList<>();
        bean.creatorProperties().forEachRemaining(parameters::add);
        parameters.sort(Comparator.comparingInt(SettableBeanProperty::getCreatorIndex));
        Map<String, SettableBeanProperty> fields = new LinkedHashMap<>();
        parameters.forEach(parameter -> fields.put(parameter.getName(), parameter));
        return fields;
    }

    private static Problem unknown(String name, Set<String> known) {
        String pointer = name.length() > Excerpt.LONGEST ? "" : "/" + Problem.token(name);
        return new Problem(pointer, "there is no field " + Excerpt.quoted(name) + Spelling.hint(name, known));
    }

    private static @Nullable Object argument(
            SettableBeanProperty field, @Nullable JsonNode node, DeserializationContext context, Findings findings) {
        Class<?> type = field.getType().getRawClass();
        if (type == JsonNode.class) {
            return node;
        }
        @Nullable Object argument;
        if (node == null || node.isNull()) {
            argument = absent(field, node, context, findings);
        } else {
            argument = findings.part(field.getName(), field.getType(), node, () -> value(field, node, context));
        }
        return argument == null ? ClassUtil.defaultValue(type) : argument;
    }

    private static @Nullable Object absent(
            SettableBeanProperty field, @Nullable JsonNode node, DeserializationContext context, Findings findings) {
        if (field.getType().isPrimitive() || field.isRequired()) {
            String detail = node == null ? "is required" : "must not be null";
            findings.add(new Problem("/" + Problem.token(field.getName()), detail));
            return null;
        }
        return field.getValueDeserializer().getAbsentValue(context);
    }

    private static @Nullable Object value(SettableBeanProperty field, JsonNode node, DeserializationContext context) {
        return field.getValueDeserializer() instanceof NodeReader reader
                ? reader.read(node, context)
                : field.deserialize(tokens(node, context), context);
    }

    /** Also asks the constructor when parts are missing, for it may know of more problems. */
    private Object create(@Nullable Object[] arguments, DeserializationContext context, Findings findings) {
        ValueInstantiator creator = bean.getValueInstantiator();
        try {
            Object created = creator.canCreateFromObjectWith()
                    ? creator.createFromObjectWith(context, arguments)
                    : creator.createUsingDefault(context);
            findings.throwIfAny();
            return created;
        } catch (JacksonException e) {
            InvalidValueException told = Misfit.cause(e);
            if (told != null) {
                findings.addUnlessKnown(told);
            }
            findings.throwIfAny();
            throw e;
        }
    }
}
