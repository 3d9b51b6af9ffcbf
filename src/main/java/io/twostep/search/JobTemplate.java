package io.twostep.search;

import io.twostep.error.Excerpt;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A training request with places in which trials have values of their own.
 *
 * @param job the request, a JSON object
 */
record JobTemplate(JsonNode job) {

    private static final int MOST_STEPS = 12;
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*){1," + MOST_STEPS + "}");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final String TYPE = "type";
    private static final String NETWORK = "/network";

    static boolean isPointer(String text) {
        return POINTER.matcher(text).matches();
    }

    /** The steps of a pointer. */
    static List<String> tokens(String pointer) {
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /**
     * The request of a trial. Objects that are not there are made, and a kind that is told by its name alone becomes an
     * object with its fields; whether they may have these fields is for the reader of the request to say.
     *
     * @throws NowhereException for the first place that leads nowhere
     */
    JsonNode with(Settings settings) {
        JsonNode request = job.deepCopy();
        settings.values().forEach((pointer, value) -> put(request, pointer, value));
        return request;
    }

    private static void put(JsonNode request, String pointer, JsonNode value) {
        List<String> tokens = tokens(pointer);
        JsonNode holder = request;
        String path = "";
        for (int i = 0; i < tokens.size() - 1; i++) {
            path += "/" + tokens.get(i);
            holder = step(holder, tokens.get(i), path, pointer);
        }
        set(holder, tokens.get(tokens.size() - 1), value, pointer);
    }

    private static JsonNode step(JsonNode holder, String token, String path, String pointer) {
        JsonNode next = get(holder, token, pointer);
        if (next != null && next.isContainer()) {
            return next;
        }
        if (next != null && !next.isNull() && !next.isString()) {
            throw nowhere(
                    pointer, "leads through " + Excerpt.quoted(path) + ", which is " + Excerpt.of(next.toString()));
        }
        if (next != null && next.isString() && path.equals(NETWORK)) {
            throw nowhere(
                    pointer, "leads into a network that job only names: describe the network in job to search in it");
        }
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        if (next != null && next.isString()) {
            made.set(TYPE, next);
        }
        set(holder, token, made, pointer);
        return made;
    }

    private static @Nullable JsonNode get(JsonNode holder, String token, String pointer) {
        if (holder instanceof ArrayNode array) {
            return array.get(index(array, token, pointer));
        }
        return holder.get(token);
    }

    private static void set(JsonNode holder, String token, JsonNode value, String pointer) {
        if (holder instanceof ArrayNode array) {
            array.set(index(array, token, pointer), value);
        } else if (holder instanceof ObjectNode object) {
            object.set(token, value);
        }
    }

    private static int index(ArrayNode array, String token, String pointer) {
        int index = INDEX.matcher(token).matches() ? Integer.parseInt(token) : array.size();
        if (index >= array.size()) {
            throw nowhere(pointer, "names element " + Excerpt.quoted(token) + " of an array that has " + array.size());
        }
        return index;
    }

    private static NowhereException nowhere(String pointer, String detail) {
        return new NowhereException(pointer, detail);
    }
}
