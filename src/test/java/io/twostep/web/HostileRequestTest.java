package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What any endpoint must bear, shown at the one for networks. */
class HostileRequestTest extends LiveService {

    /** Signs of our insides: stack frames, classes, SQL, folders, the server and its version. */
    private static final Pattern INSIDES =
            Pattern.compile("(?i)\\bat [a-z]+\\.|java\\.|\\.java|exception|twostep\\.[a-z]+\\.|"
                    + "jackson|spring|tomcat|coyote|select |insert |/tmp|/home|/root");

    private static final String VALID = "{\"name\":\"hostile\",\"layers\":[]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                             | malformed-json
            nonsense                      | malformed-json
            {"name":"x","layers":[]} {}   | malformed-json
            {"name":"x","layers":[]} x    | malformed-json
            {"name":NaN,"layers":[]}      | malformed-json
            ''                            | malformed-json
            null                          | malformed-json
            {"name":"a","name":"b"}       | duplicate-field
            """)
    void refusesWhatIsNoJson(String body, String slug) {
        problem(post(body), 400, slug);
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = "{\"name\":\"\u00ff\u00fe\",\"layers\":[]}".getBytes(StandardCharsets.ISO_8859_1);

        problem(json().body(body).post("/networks"), 400, "malformed-json");
    }

    @Test
    void refusesJsonBeyondItsLimits() {
        problem(post("[".repeat(1000)), 400, "limit-exceeded");
        problem(post("{\"name\":" + "[".repeat(1000) + "]".repeat(1000) + "}"), 400, "limit-exceeded");
        problem(post("{\"name\":" + "1".repeat(10_000) + "}"), 400, "limit-exceeded");
        problem(post("{\"" + "n".repeat(1000) + "\":1}"), 400, "limit-exceeded");
    }

    @Test
    void saysWhereTheJsonBreaks() {
        problem(post("{\"name\":\"x\",\n\"layers\":[}"), 400, "malformed-json")
                .body("detail", equalTo("The JSON cannot be read at line 2, column 11."));
    }

    @Test
    void refusesUnknownFields() {
        problem(post("{\"name\":\"x\",\"layers\":[],\"colour\":1}"), 422, "unknown-field")
                .body("errors[0].pointer", equalTo("#/colour"));
        problem(post("{\"name\":\"x\",\"layers\":[],\"a/b~c d\":1}"), 422, "unknown-field")
                .body("errors[0].pointer", equalTo("#/a~1b~0c%20d"));
    }

    @Test
    void refusesLongBodies() {
        String spaces = " ".repeat(1 << 20);

        problem(post(VALID + spaces), 413, "payload-too-large").body("max_bytes", equalTo(1 << 20));
    }

    @Test
    void refusesALongBodyBeforeItIsSent() throws IOException {
        String answer = RawHttp.call(port(), """
                POST /api/v1/networks HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 10995116277760

                """);

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("urn:problem:payload-too-large")
                .contains("Connection: close");
    }

    @Test
    void stopsReadingChunksAtTheLimit() throws IOException {
        String answer = RawHttp.call(port(), out -> {
            out.write("""
                    POST /api/v1/networks HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    Connection: close\r
                    \r
                    """.getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunks = "1\r\n \r\n".repeat(10_000).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 120; i++) {
                out.write(chunks);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        });

        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:problem:payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-java-serialized-object",
                "application/x-www-form-urlencoded",
                "nonsense"
            })
    void refusesOtherMediaTypes(String type) {
        problem(untyped().contentType(type).body(VALID).post("/networks"), 415, "unsupported-media-type")
                .body("detail", containsString("application/json"));
    }

    @Test
    void refusesABodyOfNoMediaType() throws IOException {
        String answer = RawHttp.call(port(), """
                POST /api/v1/networks HTTP/1.1
                Host: localhost
                Content-Length: 2
                Connection: close

                {}""");

        assertThat(answer).startsWith("HTTP/1.1 415").contains("urn:problem:unsupported-media-type");
    }

    @Test
    void refusesCompressedBodies() {
        problem(
                json().header("Content-Encoding", "gzip").body(VALID).post("/networks"),
                415,
                "unsupported-content-encoding");
    }

    @Test
    void refusesToAnswerInXml() {
        problem(api().accept("application/xml").get("/networks"), 406, "not-acceptable");
        problem(api().accept("application/xml").get("/networks/none"), 406, "not-acceptable");
        problem(
                api().accept("application/xml")
                        .contentType("application/json")
                        .body("{}")
                        .post("/networks"),
                406,
                "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "PROPFIND"})
    void refusesOtherMethods(String method) {
        problem(service().request(method, "/api/v1/networks"), 405, "method-not-allowed")
                .header("Allow", containsString("GET"))
                .header("Allow", containsString("POST"));
    }

    @Test
    void refusesToTrace() throws IOException {
        String answer = RawHttp.call(
                port(), "TRACE /api/v1/networks HTTP/1.1\nHost: localhost\nCookie: secret\nConnection: close\n\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("Allow:")
                .doesNotContain("secret");
        assertThat(answer).doesNotContainPattern(INSIDES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/networks/../../etc/passwd",
                "/api/v1/networks/..%2f..%2fetc%2fpasswd",
                "/api/v1/networks/%2e%2e%2f",
                "/api/v1/networks/%252e%252e",
                "/api/v1/networks/..%5c..",
                "/api/v1/networks/%00",
                "/api/v1/networks/x;y",
                "/api/v1/networks;x",
                "/api/v1/networks/ds_01K9ZX7B3M4T5V6W7X8Y9Z0A1B",
                "/api/v1/networks/",
                "/api/v1//networks",
                "/api/v1/nothing",
                "/",
                "/error",
                "/actuator/env",
                "/actuator/heapdump"
            })
    void findsNothingElsewhere(String path) throws IOException {
        String answer = RawHttp.call(port(), "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        assertThat(answer)
                .containsPattern("^HTTP/1.1 40[04] ")
                .contains("application/problem+json")
                .doesNotContainPattern(INSIDES);
    }

    @ParameterizedTest
    @CsvSource({
        "page=-1, page",
        "size=1e9, size",
        "sort=;drop table, sort",
        "limit=0, limit",
        "limit=501, limit",
        "limit=1e1, limit",
        "limit=-1, limit",
        "limit=, limit",
        "limit=1&limit=2, limit",
        "after=../x, after",
        "after=', after",
        "lmit=5, lmit"
    })
    void refusesParametersThatBreakARule(String query, String parameter) {
        problem(
                        service()
                                .get("/api/v1/networks?"
                                        + query.replace(" ", "%20").replace("'", "%27")),
                        422,
                        "invalid-parameter")
                .body("errors[0].parameter", equalTo(parameter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: localhost\nX-Long: %s\nConnection: close\n\n",
                "GET /%s HTTP/1.1\nHost: localhost\nConnection: close\n\n",
            })
    void refusesLongHeadersBarely(String request) throws IOException {
        String answer = RawHttp.call(port(), request.formatted("x".repeat(16_000)));

        assertThat(answer).containsPattern("^HTTP/1.1 4(00|14|31) ").doesNotContainPattern(INSIDES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/networks HTTP/1.1\nHost: localhost\nContent-Length: 2\nContent-Length: 3\n\n{}",
                "GET /[ HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET / HTTP/1.1\nConnection: close\n\n",
                "nonsense\n\n"
            })
    void answersBrokenRequestsBarely(String request) throws IOException {
        String answer = RawHttp.call(port(), request);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("about:blank").contains("application/problem+json");
        assertThat(answer).doesNotContainPattern(INSIDES).doesNotContain("Server:");
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws IOException {
        String answer = RawHttp.call(port(), """
                POST /api/v1/networks HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 100

                {""");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:problem:request-timeout");
    }

    @Test
    void ignoresHeadersOfProxies() {
        json().header("X-HTTP-Method-Override", "DELETE")
                .header("X-Original-URL", "/actuator/env")
                .header("X-Forwarded-Prefix", "/evil")
                .body("{\"name\":\"proxied\",\"layers\":[]}")
                .post("/networks")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/networks/net_"));
    }

    private Response post(String body) {
        return json().body(body).post("/networks");
    }

    private RequestSpecification json() {
        return api().contentType("application/json");
    }

    private RequestSpecification untyped() {
        return api().config(RestAssuredConfig.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs("nonsense", io.restassured.http.ContentType.TEXT)
                        .encodeContentTypeAs(
                                "application/x-java-serialized-object", io.restassured.http.ContentType.TEXT)));
    }

    private static ValidatableResponse problem(Response response, int status, String slug) {
        assertThat(response.asString()).doesNotContainPattern(INSIDES);
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:problem:" + slug))
                .body("status", equalTo(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/training-jobs?limit=%ff",
                "/api/v1/datasets?limit=%zz",
                "/api/v1/networks?after=%",
                "/openapi.yaml?x=%ff%0aFAKE",
                "/actuator/health?x=%ff",
            })
    void refusesQueriesThatCannotBeDecoded(String path) throws IOException {
        assertThat(RawHttp.call(port(), "GET " + path + " HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception", "FAKE");
    }
}
