package io.twostep.web;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a kind without components as its name: {@code "relu"} and not {@code {"type":"relu"}}. */
final class BareKindWriter extends StdSerializer<Object> {

    private final String name;

    BareKindWriter(String name) {
        super(Object.class);
        this.name = name;
    }

    @Override
    public void serialize(Object kind, JsonGenerator json, SerializationContext context) {
        json.writeString(name);
    }

    @Override
    public void serializeWithType(
            Object kind, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        serialize(kind, json, context);
    }
}
