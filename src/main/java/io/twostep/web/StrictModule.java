package io.twostep.web;

import io.twostep.kind.Kinds;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;

/**
 * Reads records, lists and kinds part by part, so that all their problems are found in one pass, and writes kinds and
 * numbers in their short forms.
 *
 * <p>Jackson's own problem-collecting reader is not used: it stops at the first token of a wrong type, and what it
 * passes over it replaces by null, which the enclosing record then reports a second time.
 */
final class StrictModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    StrictModule() {
        super("strict");
        setDeserializerModifier(new Readers());
        setSerializerModifier(new Writers());
        addSerializer(double.class, new FiniteWriter());
        addSerializer(Double.class, new FiniteWriter());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.appendAnnotationIntrospector(new RequiredParts());
    }

    private static final class Readers extends ValueDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> reader) {
            Map<String, Class<?>> kinds = Kinds.of(bean.getBeanClass());
            if (!kinds.isEmpty()) {
                return new KindReader(bean.getBeanClass(), kinds);
            }
            return bean.getBeanClass().isRecord() && reader instanceof BeanDeserializerBase fields
                    ? new RecordReader(fields)
                    : reader;
        }

        @Override
        public ValueDeserializer<?> modifyCollectionDeserializer(
                DeserializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueDeserializer<?> reader) {
            return type.getRawClass().isAssignableFrom(ArrayList.class) ? new ListReader(type) : reader;
        }
    }

    private static final class Writers extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> writer) {
            Class<?> type = bean.getBeanClass();
            return Kinds.isBare(type) ? new BareKindWriter(Kinds.nameOf(type)) : writer;
        }
    }
}
