package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What one trial has in the places that are searched.
 *
 * @param values by JSON pointer (RFC 6901) into the training request
 */
public record Settings(@JsonValue Map<String, JsonNode> values) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same but for one place. */
    Settings with(String pointer, JsonNode value) {
        Map<String, JsonNode> others = new LinkedHashMap<>(values);
        others.put(pointer, value);
        return new Settings(others);
    }
}
