package io.twostep.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.error.Range;
import io.twostep.kind.Bounds;
import io.twostep.kind.Kinds;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.training.Clipping;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.Optimizer;
import io.twostep.web.LiveService;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends LiveService {

    private final OpenApi api = OpenApi.served();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping handlers;

    @Test
    void describesExactlyWhatIsHandled() {
        Set<String> handled = new TreeSet<>();
        handlers.getHandlerMethods().forEach((mapping, method) -> {
            if (isOurs(method)) {
                operations(mapping).forEach(handled::add);
            }
        });

        assertThat(api.operations()).isEqualTo(handled);
    }

    @Test
    void hasExamplesThatFitTheirSchemas() {
        List<String> problems = new ArrayList<>();
        int examples = collect("", api.document(), problems);

        assertThat(problems).isEmpty();
        assertThat(examples).isPositive();
    }

    @Test
    void namesEachOperationOnceAndSaysWhatItDoes() {
        List<String> ids = new ArrayList<>();
        api.document()
                .at("/paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.isObject()) {
                        ids.add(operation.path("operationId").stringValue());
                        assertThat(operation.path("summary").stringValue()).isNotBlank();
                        assertThat(operation.path("tags")).hasSize(1);
                    }
                }));

        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Activation.class,
                Loss.class,
                Initializer.class,
                LayerSpec.class,
                Optimizer.class,
                LearningRateSchedule.class,
                Clipping.class
            })
    void listsEveryKindOfAFamily(Class<?> family) {
        JsonNode names = api.document().at("/components/schemas/" + family.getSimpleName() + "Name/enum");

        assertThat(names.valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(Kinds.of(family).keySet());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Activation.class,
                Loss.class,
                Initializer.class,
                LayerSpec.class,
                Optimizer.class,
                LearningRateSchedule.class,
                Clipping.class
            })
    void boundsFieldsAsTheirKindsDo(Class<?> family) {
        JsonNode schema = api.document().at("/components/schemas/" + family.getSimpleName());
        JsonNode properties = schema.has("oneOf") ? schema.at("/oneOf/1/properties") : schema.path("properties");
        Map<String, Range> described = new TreeMap<>();
        properties.forEachEntry((name, property) -> described.put(name, range(property)));
        described.remove(Kinds.FIELD);
        Map<String, Range> known = new TreeMap<>();
        for (Class<?> kind : Kinds.of(family).values()) {
            for (RecordComponent component : kind.getRecordComponents()) {
                known.merge(Bounds.fieldName(component), range(component), OpenApiTest::wider);
            }
        }

        assertThat(described).isEqualTo(known);
    }

    private static Range range(JsonNode schema) {
        JsonNode low = schema.path("minimum");
        JsonNode high = schema.path("maximum");
        return new Range(
                low.asDouble(schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY)),
                low.isNumber(),
                high.asDouble(schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY)),
                high.isNumber());
    }

    private static Range range(RecordComponent component) {
        Range range = Bounds.range(component);
        return range == null ? Range.FINITE : range;
    }

    /** Where kinds differ, a schema for all of them can only say what one of them takes. */
    private static Range wider(Range one, Range other) {
        return one.high() > other.high() || (one.high() == other.high() && one.highIncluded()) ? one : other;
    }

    @Test
    void isServed() {
        String served = service()
                .get("/openapi.yaml")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString();

        assertThat(served).startsWith("openapi: 3.1");
    }

    /** Compares each {@code example} and each of {@code examples} with the {@code schema} beside it. */
    private int collect(String pointer, JsonNode node, List<String> problems) {
        int count = 0;
        if (node.has("schema") && node.has("example")) {
            problems.addAll(api.problems(pointer + "/schema", node.get("example")));
            count++;
        }
        if (node.has("schema") && node.path("examples").isObject()) {
            for (JsonNode example : node.get("examples")) {
                problems.addAll(api.problems(pointer + "/schema", example.get("value")));
                count++;
            }
        }
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                count += collect(pointer + "/" + OpenApi.token(name), node.get(name), problems);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            count += collect(pointer + "/" + i, node.get(i), problems);
        }
        return count;
    }

    private static boolean isOurs(HandlerMethod method) {
        Class<?> type = method.getBeanType();
        return type.getName().startsWith("io.twostep.") && !ErrorController.class.isAssignableFrom(type);
    }

    private static Stream<String> operations(RequestMappingInfo mapping) {
        return mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> mapping.getPatternValues().stream().map(path -> method + " " + path));
    }
}
