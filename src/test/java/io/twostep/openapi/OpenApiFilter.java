package io.twostep.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares every answer with {@code openapi.yaml}: the status, the media type and the body must be described there. What
 * is not described at all may only be answered with a problem (404 or 405).
 */
public final class OpenApiFilter implements Filter {

    private static final String PROBLEM = "/components/schemas/Problem";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OpenApi api = OpenApi.served();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification answer, FilterContext context) {
        Response response = context.next(request, answer);
        String path = URI.create(request.getURI()).getPath();
        String call = request.getMethod() + " " + path + " -> " + response.statusCode();
        Optional<String> template = api.template(path);
        boolean described = template.filter(known -> api.operations().contains(request.getMethod() + " " + known))
                .isPresent();
        if (described) {
            checkDescribed(call, template.orElseThrow(), request.getMethod(), response);
        } else {
            assertThat(response.statusCode())
                    .as("%s, which is not described", call)
                    .isIn(404, 405);
            checkBody(call, PROBLEM, response);
        }
        return response;
    }

    private void checkDescribed(String call, String template, String method, Response response) {
        String described = api.response(template, method, response.statusCode())
                .orElseGet(() -> fail("%s: the status is not described", call));
        if (!api.hasBody(described)) {
            assertThat(response.asByteArray())
                    .as("%s: no body is described", call)
                    .isEmpty();
            return;
        }
        MediaType type = MediaType.parseMediaType(response.contentType());
        String schema = api.bodySchema(described, type.getType() + "/" + type.getSubtype())
                .orElseGet(() -> fail("%s: the media type %s is not described", call, type));
        if (type.getSubtype().endsWith("json")) {
            checkBody(call, schema, response);
        }
    }

    private void checkBody(String call, String schema, Response response) {
        assertThat(api.problems(schema, JSON.readTree(response.asString())))
                .as("%s: %s", call, response.asString())
                .isEmpty();
    }
}
