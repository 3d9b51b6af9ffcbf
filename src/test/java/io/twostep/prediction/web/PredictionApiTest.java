package io.twostep.prediction.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.twostep.prediction.PredictionProperties;
import io.twostep.web.LiveService;
import io.twostep.web.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Predictions over HTTP, from models that are trained over HTTP. */
class PredictionApiTest extends LiveService {

    private static final String MODEL = "/models/answers";

    @Autowired
    private PredictionProperties properties;

    /** Classes: red is large. Numbers: y = 2 x + 1. Each trained once. */
    @BeforeEach
    void train() {
        if (api().get(MODEL).statusCode() == 200) {
            return;
        }
        StringBuilder csv = new StringBuilder("size,shape,color,twice\n");
        for (int i = 0; i < 40; i++) {
            csv.append("%d,%s,%s,%d\n".formatted(i, i % 3 == 0 ? "round" : "flat", i < 20 ? "blue" : "red", 2 * i + 1));
        }
        api().contentType("text/csv")
                .body(csv.toString())
                .post("/datasets?name=answers")
                .then()
                .statusCode(201);
        train("\"target\":\"color\",\"exclude\":[\"twice\"],\"model\":\"answers\",\"epochs\":200");
        train("\"target\":\"twice\",\"features\":[\"size\"],\"task\":\"regression\",\"model\":\"numbers\","
                + "\"network\":\"straight\",\"epochs\":300,\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.05}");
    }

    @Test
    void answersObjectsByNameAndArraysInFeatureOrder() {
        post(MODEL, "{\"instances\":[{\"size\":2,\"shape\":\"flat\"},[38,\"round\"]]}")
                .statusCode(200)
                .body("model", equalTo("answers"))
                .body("version", equalTo(1))
                .body("predictions.label", contains("blue", "red"))
                .body("predictions[0].probabilities.size()", equalTo(2));
    }

    @Test
    void answersTheSameToAnObjectAnArrayAndAQuery() {
        String object = predictions(post(MODEL, "{\"instances\":[{\"shape\":\"round\",\"size\":17.25}]}"));
        String array = predictions(post(MODEL, "{\"instances\":[[17.25,\"round\"]]}"));
        String query = predictions(
                api().get(MODEL + "/predictions?size=17.25&shape=round").then());
        String version = predictions(api().get(MODEL + "/versions/1/predictions?shape=round&size=17.25")
                .then());
        assertThat(List.of(array, query, version)).allMatch(object::equals);
    }

    /** One row more or less must not show, nor how long the answer is. */
    @Test
    void answersManyRowsInOneStream() {
        String rows = "{\"instances\":[" + "[17.25,\"round\"],".repeat(999) + "{\"size\":17.25,\"shape\":\"round\"}]}";
        List<Map<String, Object>> answers =
                post(MODEL, rows).statusCode(200).extract().path("predictions");

        assertThat(answers).hasSize(1000).containsOnly(answers.get(0));
    }

    @Test
    void tellsTheLengthOfAShortAnswer() {
        post(MODEL, "{\"instances\":[[17.25,\"round\"]]}")
                .header("Content-Length", notNullValue())
                .header("Transfer-Encoding", nullValue());
    }

    @Test
    void takesMissingAndUnseenValuesAsOutcomes() {
        post(
                        MODEL,
                        "{\"instances\":[{\"size\":null,\"shape\":\"round\"},{\"size\":3},{\"size\":3,\"shape\":\"oval\"}]}")
                .statusCode(200)
                .body("predictions", hasSize(3));
        api().get(MODEL + "/predictions?size=NA&shape=").then().statusCode(200);
    }

    @Test
    void refusesUnseenCategoriesIfTheModelWasAskedTo() {
        train("\"target\":\"color\",\"exclude\":[\"twice\"],\"unseen\":\"reject\",\"model\":\"strict\",\"epochs\":1");
        post("/models/strict", "{\"instances\":[[1,\"flat\"],[1,\"oval\"],{\"shape\":\"oval\"}]}")
                .statusCode(422)
                .body("errors.pointer", contains("#/instances/1/1", "#/instances/2/shape"))
                .body(
                        "errors.detail",
                        everyItem(containsString("column \"shape\": \"oval\" is none of the categories")));
        api().get("/models/strict/predictions?shape=oval")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-parameter"))
                .body("errors.parameter", contains("shape"));
    }

    @Test
    void answersNumbersInTheUnitsOfTheTarget() {
        post("/models/numbers", "{\"instances\":[{\"size\":10},{\"size\":30}]}")
                .statusCode(200)
                .body("predictions[0].value.doubleValue()", closeTo(21, 0.5))
                .body("predictions[1].value.doubleValue()", closeTo(61, 0.5));
    }

    @Test
    void refusesAnswersThatAreNotFinite() {
        post("/models/numbers", "{\"instances\":[{\"size\":1e308}]}").statusCode(422);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("{}", "#/instances"),
                Arguments.of("{\"instances\":[]}", "#/instances"),
                Arguments.of("{\"instances\":null}", "#/instances"),
                Arguments.of("{\"instances\":{}}", "#/instances"),
                Arguments.of("{\"instances\":[7]}", "#/instances/0"),
                Arguments.of("{\"instances\":[[1]]}", "#/instances/0"),
                Arguments.of("{\"instances\":[[1,\"flat\",3]]}", "#/instances/0"),
                Arguments.of("{\"instances\":[{\"siz\":1}]}", "#/instances/0/siz"),
                Arguments.of("{\"instances\":[{\"size\":\"1\"}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":true}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":[1]}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":1e999}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"shape\":1}]}", "#/instances/0/shape"),
                Arguments.of("{\"rows\":[],\"instances\":[[1,\"flat\"]]}", "#/rows"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void tellsThePlaceOfAMisfit(String body, String pointer) {
        post(MODEL, body)
                .statusCode(422)
                .body("type", equalTo("urn:problem:prediction-shape"))
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void tellsAllMisfitsAtOnceAndWhatWasMeant() {
        post(MODEL, "{\"instances\":[{\"sise\":1,\"shape\":2},{\"size\":\"x\"}]}")
                .statusCode(422)
                .body("errors.pointer", contains("#/instances/0/sise", "#/instances/0/shape", "#/instances/1/size"))
                .body("errors[0].detail", containsString("did you mean \"size\"?"));
        api().get(MODEL + "/predictions?sise=1&size=x&size=2")
                .then()
                .statusCode(422)
                .body("errors.parameter", containsInAnyOrder("sise", "size"));
        api().get(MODEL + "/predictions").then().statusCode(422).body("detail", containsString("?size="));
    }

    @Test
    void refusesBodiesThatAreNoJson() {
        post(MODEL, "{\"instances\":[[1,").statusCode(400).body("type", equalTo("urn:problem:malformed-json"));
        post(MODEL, "{\"instances\":[[NaN,\"flat\"]]}").statusCode(400);
        post(MODEL, "{\"instances\":[{\"size\":1,\"size\":2}]}")
                .statusCode(400)
                .body("type", equalTo("urn:problem:duplicate-field"));
        post(MODEL, "{\"instances\":[[1,\"flat\"]]} {}").statusCode(400);
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws IOException {
        assertThat(raw("Content-Length: 100\n\n{\"instances\":"))
                .startsWith("HTTP/1.1 408")
                .contains("request-timeout");
    }

    @Test
    void refusesABodyInBrokenChunks() throws IOException {
        assertThat(raw("Transfer-Encoding: chunked\n\n3\n{\"i\nnonsense\n"))
                .startsWith("HTTP/1.1 400")
                .contains("malformed-request");
    }

    @Test
    void refusesTooManyInstances() {
        String rows = "[1,\"a\"],".repeat(properties.maxInstances());
        post(MODEL, "{\"instances\":[" + rows + "[1,\"a\"]]}")
                .statusCode(413)
                .body("type", equalTo("urn:problem:too-many-instances"));
    }

    @Test
    void knowsNoModelThatWasNotPublished() {
        post("/models/absent", "{\"instances\":[[1]]}").statusCode(404);
        api().get(MODEL + "/versions/99/predictions?size=1").then().statusCode(404);
    }

    private void train(String request) {
        if (api().get("/networks/straight").statusCode() == 404) {
            api().contentType("application/json")
                    .body("{\"name\":\"straight\",\"layers\":[]}")
                    .post("/networks")
                    .then()
                    .statusCode(201);
        }
        api().contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"dataset\":\"answers\"," + request + "}")
                .post("/training-jobs")
                .then()
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }

    private String raw(String lengthAndBody) throws IOException {
        return RawHttp.call(
                port(),
                "POST /api/v1%s/predictions HTTP/1.1\nHost: localhost\nContent-Type: application/json\n%s"
                        .formatted(MODEL, lengthAndBody));
    }

    private ValidatableResponse post(String model, String body) {
        return api().contentType("application/json")
                .body(body)
                .post(model + "/predictions")
                .then();
    }

    /** The answers, digit by digit. */
    private static String predictions(ValidatableResponse response) {
        String answer = response.statusCode(200).extract().asString();
        return answer.substring(answer.indexOf("\"predictions\""));
    }
}
