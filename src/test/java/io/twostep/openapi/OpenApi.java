package io.twostep.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the API in {@code openapi.yaml}, ready to be compared with what the service does. */
final class OpenApi {

    private static final String URI = "https://twostep.test/openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final OpenApi SERVED = new OpenApi(load());

    private final JsonNode document;
    private final SchemaRegistry schemas;

    private OpenApi(JsonNode document) {
        this.document = document;
        JsonNode strict = document.deepCopy();
        closeObjects(strict.at("/components/schemas"));
        this.schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(),
                registry -> registry.schemas(Map.of(URI, strict.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** The file on the class path, the one that the service serves. */
    static OpenApi served() {
        return SERVED;
    }

    JsonNode document() {
        return document;
    }

    /** All operations, as in {@code GET /api/v1/networks/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.at("/paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /** The path of the file that fits the path of a request; one without variables before one with. */
    Optional<String> template(String path) {
        return document.at("/paths").propertyNames().stream()
                .filter(template -> matches(template, path))
                .min((a, b) -> Integer.compare(variables(a), variables(b)));
    }

    /** Where the answer of an operation is described: its pointer in the file. */
    Optional<String> response(String template, String method, int status) {
        String responses = "/paths/" + token(template) + "/" + method.toLowerCase(Locale.ROOT) + "/responses/";
        return List.of(String.valueOf(status), "default").stream()
                .map(key -> responses + key)
                .filter(pointer -> !document.at(pointer).isMissingNode())
                .findFirst()
                .map(this::dereferenced);
    }

    /** The schema of an answer's body in a media type, by its pointer in the file. */
    Optional<String> bodySchema(String response, String mediaType) {
        String pointer = response + "/content/" + token(mediaType) + "/schema";
        return document.at(pointer).isMissingNode() ? Optional.empty() : Optional.of(pointer);
    }

    boolean hasBody(String response) {
        return !document.at(response + "/content").isMissingNode();
    }

    /** What is wrong with a value under the schema at a pointer of the file. */
    List<String> problems(String schema, JsonNode value) {
        Schema compiled = schemas.getSchema(SchemaLocation.of(URI + "#" + schema));
        return compiled.validate(value).stream().map(Object::toString).toList();
    }

    private String dereferenced(String pointer) {
        JsonNode reference = document.at(pointer).get("$ref");
        return reference == null ? pointer : reference.stringValue().substring(1);
    }

    static String token(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static boolean matches(String template, String path) {
        String regex = Pattern.compile("\\{[^}]+}")
                .splitAsStream(template + " ")
                .map(String::strip)
                .map(Pattern::quote)
                .reduce((a, b) -> a + "[^/]+" + b)
                .orElseThrow();
        return path.matches(regex);
    }

    private static int variables(String template) {
        return (int) template.chars().filter(c -> c == '{').count();
    }

    /** Clients must bear new fields, but the tests must not: an answer may have no field that is not described. */
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.get("properties") instanceof ObjectNode
                && object.get("additionalProperties") == null) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApi::closeObjects);
    }

    private static JsonNode load() {
        try (@Nullable InputStream file = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            return YAMLMapper.builder().build().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
