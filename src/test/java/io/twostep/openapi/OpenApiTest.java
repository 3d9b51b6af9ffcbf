package io.twostep.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.training.Optimizer;
import io.twostep.web.LiveService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    @ValueSource(classes = {Activation.class, Loss.class, Initializer.class, LayerSpec.class, Optimizer.class})
    void listsEveryKindOfAFamily(Class<?> family) {
        JsonNode names = api.document().at("/components/schemas/" + family.getSimpleName() + "Name/enum");

        assertThat(names.valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(kinds(family).toList());
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

    private static Stream<String> kinds(Class<?> family) {
        return Stream.of(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isInterface()
                        ? kinds(kind)
                        : Stream.of(kind.getAnnotation(JsonTypeName.class).value()));
    }
}
