package io.twostep.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkApiTest extends LiveService {

    @Test
    void keepsANetworkUnderItsName() {
        Response created = post("""
                {"name":"small","layers":[{"type":"dense","units":16,"activation":"relu"}]}""");

        created.then().statusCode(201).body("name", equalTo("small")).body("layers[0].weights", equalTo("he_uniform"));
        String location = created.header("Location");
        assertThat(location).isEqualTo("/api/v1/networks/" + created.path("id"));
        assertThat(service().get(location).asString()).isEqualTo(created.asString());
        assertThat(service().get("/api/v1/networks/small").asString()).isEqualTo(created.asString());
    }

    @Test
    void tellsShapesOnceTheWidthsAreKnown() {
        post("""
                {"name":"deep","layers":[{"type":"dense","units":16},{"type":"dense","units":8}]}""")
                .then()
                .body("parameters", nullValue())
                .body("shapes.inputs", equalTo(java.util.Arrays.asList(null, 16, 8)))
                .body("shapes.units", equalTo(java.util.Arrays.asList(16, 8, null)))
                .body("shapes.parameters", equalTo(java.util.Arrays.asList(null, 136, null)));

        api().get("/networks/deep?inputs=7&outputs=3")
                .then()
                .statusCode(200)
                .body("parameters", equalTo(7 * 16 + 16 + 136 + 8 * 3 + 3))
                .body("shapes.parameters", equalTo(List.of(128, 136, 27)));
    }

    @Test
    void keepsWhatDisturbsItsLayers() {
        post("""
                {"name":"noisy","layers":["gaussian_noise",{"type":"dense","units":6},"dropout",
                 {"type":"dropout","rate":0.1},{"type":"dense","units":4}]}""")
                .then()
                .statusCode(201)
                .body("layers.type", equalTo(List.of("gaussian_noise", "dense", "dropout", "dropout", "dense")))
                .body("layers[0].standard_deviation", equalTo(0.1f))
                .body("layers[2].rate", equalTo(0.5f))
                .body("layers[3].rate", equalTo(0.1f));

        api().get("/networks/noisy?inputs=2&outputs=1").then().body("shapes.parameters", equalTo(List.of(18, 28, 5)));
    }

    @Test
    void tellsTheShapeOfANormalization() {
        post("""
                {"name":"normal","layers":[{"type":"layer_normalization"},{"type":"dense","units":6},
                 {"type":"layer_normalization","activation":"relu"}]}""")
                .then()
                .statusCode(201)
                .body("layers[0].epsilon", equalTo(1e-5f))
                .body("layers[0].activation", equalTo("identity"))
                .body("shapes.parameters", equalTo(java.util.Arrays.asList(null, null, 12, null)));

        api().get("/networks/normal?inputs=2&outputs=1")
                .then()
                .body("shapes.parameters", equalTo(List.of(4, 18, 12, 7)))
                .body("shapes.type", equalTo(List.of("layer_normalization", "dense", "layer_normalization", "dense")));
    }

    @Test
    void keepsResidualBlocks() {
        post("""
                {"name":"residual","layers":[{"type":"dense","units":6},
                 {"type":"residual","layers":[{"type":"dense","units":3},{"type":"batch_normalization","epsilon":0.001},
                  {"type":"residual","layers":["dropout",{"type":"dense","units":3}]},
                  {"type":"dense","units":6,"activation":"identity"}],"activation":"relu"}]}""")
                .then()
                .statusCode(201)
                .body("layers[1].activation", equalTo("relu"))
                .body("layers[1].layers[1].momentum", equalTo(0.1f))
                .body("layers[1].layers[1].epsilon", equalTo(0.001f))
                .body("layers[1].layers[2].activation", equalTo("identity"))
                .body("layers[1].layers[2].layers[1].units", equalTo(3));

        api().get("/networks/residual?inputs=2&outputs=1")
                .then()
                .body(
                        "shapes.type",
                        equalTo(List.of(
                                "dense",
                                "dense",
                                "batch_normalization",
                                "dense",
                                "residual",
                                "dense",
                                "residual",
                                "dense")))
                .body("shapes.parameters", equalTo(List.of(18, 21, 6, 12, 0, 24, 0, 7)));
    }

    @Test
    void refusesBlocksWhoseSumsDoNotFit() {
        problem(post("""
                {"name":"x","layers":[{"type":"dense","units":6},
                 {"type":"residual","layers":["layer_normalization",{"type":"dense","units":4}]},
                 {"type":"residual","layers":[{"type":"residual","layers":[{"type":"dense","units":5}]},
                  {"type":"dense","units":4}]}]}"""), 422, "invalid-request")
                .body("errors.pointer", equalTo(List.of("#/layers/1", "#/layers/2/layers/0")))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "takes 6 units, but gives 4 units, and both are added: end it with a dense layer of 6 units, "
                                        + "or put a dense layer of 4 units before it"));
        problem(post("""
                {"name":"x","layers":[{"type":"residual","layers":[{"type":"dense","units":5}]},
                 {"type":"dense","units":4},{"type":"residual","layers":["dropout"]}]}"""), 422, "invalid-request").body("errors.pointer", equalTo(List.of("#/layers/2/layers")));
    }

    @Test
    void namesWhatMayNotDisturb() {
        problem(post("""
                {"name":"x","layers":[{"type":"dropout","rate":1},{"type":"gaussian_noise","standard_deviation":-1},
                 {"type":"dropout","units":3}]}"""), 422, "invalid-request")
                .body(
                        "errors.pointer",
                        equalTo(List.of("#/layers/0/rate", "#/layers/1/standard_deviation", "#/layers/2/units")));
    }

    @Test
    void keepsWhatIsSaidAboutTheOutput() {
        post("""
                {"name":"textbook","layers":[],"output":{"activation":"identity","loss":{"type":"huber","delta":2}}}""")
                .then()
                .statusCode(201)
                .body("output.activation", equalTo("identity"))
                .body("output.loss.delta", equalTo(2.0f));
    }

    @Test
    void answersTheSameForTheSameAndRefusesAnotherUnderTheName() {
        String body = "{\"name\":\"twice\",\"layers\":[{\"type\":\"dense\",\"units\":%d}]}";
        String id = post(body.formatted(4)).path("id");

        post(body.formatted(4)).then().statusCode(200).body("id", equalTo(id));
        problem(post(body.formatted(5)), 409, "name-taken");
    }

    @Test
    void pagesThroughAllNetworks() {
        for (int i = 0; i < 5; i++) {
            post("{\"name\":\"page-" + i + "\",\"layers\":[]}").then().statusCode(201);
        }

        String url = "/api/v1/networks?limit=2";
        List<String> names = new java.util.ArrayList<>();
        while (url != null) {
            Response page = service().get(url);
            JsonPath json = page.jsonPath();
            assertThat(json.getList("items").size()).isBetween(1, 2);
            names.addAll(json.getList("items.name"));
            String link = page.header("Link");
            assertThat(link == null).isEqualTo(json.get("next") == null);
            url = link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
        }

        assertThat(names).doesNotHaveDuplicates().containsSubsequence("page-0", "page-1", "page-2", "page-3", "page-4");
        api().get("/networks?limit=1").then().body("items", hasSize(1)).body("next", matchesPattern("net_.*"));
    }

    @Test
    void forgetsANetwork() {
        post("{\"name\":\"gone\",\"layers\":[]}").then().statusCode(201);

        api().delete("/networks/gone").then().statusCode(204);

        problem(api().get("/networks/gone"), 404, "not-found");
        problem(api().delete("/networks/gone"), 404, "not-found");
        api().get("/networks?limit=500").then().body("items.name", not(hasItem("gone")));
    }

    @Test
    void tellsAllThatIsWrongWithASpec() {
        problem(post("""
                {"nmae":"x","layers":[{"type":"dense","units":0,"activation":"softmax"},{"type":"dense","units":"8"},
                 {"type":"dens","units":1},{"type":"dense","units":3,"activation":{"type":"leaky_relu","slope":2}}],
                 "output":{"activation":"rleu"}}"""), 422, "invalid-request")
                .body(
                        "errors.pointer",
                        equalTo(List.of(
                                "#/nmae",
                                "#/name",
                                "#/layers/0/units",
                                "#/layers/0/activation",
                                "#/layers/1/units",
                                "#/layers/2/type",
                                "#/layers/3/activation/slope",
                                "#/output/activation")))
                .body("errors[0].detail", equalTo("there is no field \"nmae\" (did you mean \"name\"?)"))
                .body("errors[7].detail", matchesPattern(".*was \"rleu\" \\(did you mean \"relu\"\\?\\)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                            | #/name
            {"name":"n1","layers":null}                                   | #/layers
            {"name":"n2","layers":[{"type":"dense","units":0}]}           | #/layers/0/units
            {"name":"n2","layers":[{"type":"dense","units":-1}]}          | #/layers/0/units
            {"name":"n2","layers":[{"type":"dense","units":1.5}]}         | #/layers/0/units
            {"name":"n2","layers":[{"type":"dense","units":"8"}]}         | #/layers/0/units
            {"name":"n2","layers":[{"type":"dense","units":true}]}        | #/layers/0/units
            {"name":"n3","layers":[{"type":"dense","units":2147483648}]}  | #/layers/0/units
            {"name":"n3","layers":[{"type":"dense","units":9223372036854775808}]} | #/layers/0/units
            {"name":"n3","layers":[{"type":"dense","units":1e18}]}        | #/layers/0/units
            {"name":"n6","layers":[{"type":"dense","units":1,"activation":"java.lang.Runtime"}]} | #/layers/0/activation
            {"name":"n6","layers":[{"type":"dense","units":1,"activation":"relu\\u0000"}]}       | #/layers/0/activation
            {"name":"n7","layers":[{"type":"dense","units":1,"activation":"softmax"}]}           | #/layers/0/activation
            {"name":"n8","layers":[],"output":{"activation":"identity","loss":"categorical_cross_entropy"}} | #/output/loss
            {"name":"n9","layers":["residual"]}                           | #/layers/0/layers
            {"name":"n9","layers":[{"type":"residual","layers":[]}]}      | #/layers/0/layers
            {"name":"n9","layers":[{"type":"residual","layers":[null]}]}  | #/layers/0/layers/0
            {"name":"n9","layers":[{"type":"residual","layers":[{"type":"dense","units":0}]}]} | #/layers/0/layers/0/units
            {"name":"n12","layers":[{"type":"dense","units":1,"weights":{"type":"uniform","low":0,"high":1e300}}]} | #/layers/0/weights/high
            {"name":"n12","layers":[{"type":"dense","units":1,"weights":{"type":"uniform","low":0,"high":1e999}}]} | #/layers/0/weights/high
            """)
    void refusesBrokenSpecs(String body, String pointer) {
        problem(post(body), 422, "invalid-request").body("errors[0].pointer", equalTo(pointer));
    }

    @ParameterizedTest
    @CsvSource({"@class", "@type", "class", "$ref"})
    void hasNoFieldsOfOtherLanguages(String field) {
        problem(post("{\"name\":\"n14\",\"layers\":[],\"" + field + "\":\"x\"}"), 422, "unknown-field");
    }

    @Test
    void refusesNetworksThatAreTooLargeOrTooDeep() {
        problem(post("""
                        {"name":"n4","layers":[{"type":"dense","units":50000},{"type":"dense","units":50000}]}"""), 422, "network-too-large");
        String layer = "{\"type\":\"dense\",\"units\":1}";
        String layers = String.join(",", java.util.Collections.nCopies(101, layer));
        problem(post("{\"name\":\"n5\",\"layers\":[" + layers + "]}"), 422, "invalid-request")
                .body("errors[0].pointer", equalTo("#/layers"));
        String nested = "{\"type\":\"residual\",\"layers\":[".repeat(8) + layer + "]}".repeat(8);
        String twelve = String.join(",", java.util.Collections.nCopies(12, nested));
        problem(post("{\"name\":\"n5\",\"layers\":[" + twelve + "]}"), 422, "invalid-request")
                .body("errors[0].pointer", equalTo("#/layers"));
    }

    @ParameterizedTest
    @CsvSource({"''", "-x", "a b", "a/b", "<script>", "a\\u0000", "a\\ud800", "net_01K9ZX7B3M4T5V6W7X8Y9Z0A1B"})
    void refusesBadNames(String name) {
        problem(post("{\"name\":\"" + name + "\",\"layers\":[]}"), 422, "invalid-name");
    }

    @ParameterizedTest
    @CsvSource({"inputs=0", "inputs=x", "outputs=1e9", "outputs=-1", "inputs=99999999999", "input=3"})
    void refusesBadWidths(String query) {
        post("{\"name\":\"wide\",\"layers\":[]}");

        problem(api().get("/networks/wide?" + query), 422, "invalid-parameter").body("errors", hasSize(1));
    }

    private Response post(String body) {
        return api().contentType(ContentType.JSON).body(body).post("/networks");
    }

    private static ValidatableResponse problem(Response response, int status, String slug) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:problem:" + slug));
    }
}
