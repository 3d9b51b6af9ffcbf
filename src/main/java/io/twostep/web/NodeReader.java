package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.node.TreeTraversingParser;

/**
 * Reads a value from a tree, so that a part that cannot be read leaves the parts beside it readable. What is malformed
 * is found before anything is bound, because the outermost value is parsed to its end first.
 */
abstract class NodeReader extends StdDeserializer<Object> {

    NodeReader(Class<?> type) {
        super(type);
    }

    /** The value that {@code node} describes; throws {@link BindingException} with all that is wrong in it. */
    abstract @Nullable Object read(JsonNode node, DeserializationContext context);

    @Override
    public final @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode node = context.readTree(parser);
        if (parser.streamReadContext().inRoot()
                && !(parser instanceof TreeTraversingParser)
                && parser.nextToken() != null) {
            throw new ServiceException(ErrorCode.MALFORMED_JSON, "Something follows after the end of the JSON value.");
        }
        return read(node, context);
    }

    @Override
    public final @Nullable Object deserializeWithType(
            JsonParser parser, DeserializationContext context, TypeDeserializer typeDeserializer) {
        return deserialize(parser, context);
    }

    /** Reads {@code node} with any reader, directly where that is possible. */
    static @Nullable Object read(JsonNode node, ValueDeserializer<?> reader, DeserializationContext context) {
        return reader instanceof NodeReader direct
                ? direct.read(node, context)
                : reader.deserialize(tokens(node, context), context);
    }

    static JsonParser tokens(JsonNode node, DeserializationContext context) {
        JsonParser tokens = new TreeTraversingParser(node, context);
        tokens.nextToken();
        return tokens;
    }
}
