package io.twostep.prediction.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.prediction.PredictionProperties;
import io.twostep.web.LiveService;
import io.twostep.web.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Predictions over HTTP, from models that are trained over HTTP. */
class PredictionApiTest extends LiveService {

    private static final String MODEL = "/models/answers";

    @Autowired
    private PredictionProperties properties;

    @Autowired
    private MeterRegistry registry;

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
        upload("answers", csv.toString()).statusCode(201);
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

    /** Whatever a value looks like: the same text is the same value, in a string of JSON as in a table and a query. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "17.25,round",
                "+1.725e1,flat",
                " .5 , round ",
                "017.,ROUND",
                "-0,flat",
                "NA,round",
                ",flat",
                "?,NaN",
                "17.25,",
                "17.25,None",
                "17.25,true",
                "17.25,17.25",
            })
    void answersTheSameToTheSameText(String line) {
        String size = line.substring(0, line.indexOf(','));
        String shape = line.substring(line.indexOf(',') + 1);
        String object =
                predictions(post(MODEL, "{\"instances\":[{\"shape\":\"%s\",\"size\":\"%s\"}]}".formatted(shape, size)));
        String array = predictions(post(MODEL, "{\"instances\":[[\"%s\",\"%s\"]]}".formatted(size, shape)));
        String table = predictions(postCsv(MODEL, "size,shape\n" + line + "\n"));
        String query = predictions(api().urlEncodingEnabled(true)
                .queryParam("size", size)
                .queryParam("shape", shape)
                .get(MODEL + "/predictions")
                .then());

        assertThat(List.of(array, table, query)).allMatch(object::equals);
    }

    @Test
    void takesNumbersAndBooleansOfJsonForWhatIsWritten() {
        String csv = "size,code,color\n";
        for (int i = 0; i < 40; i++) {
            csv += "%d,%s,%s\n".formatted(i, List.of("1.50", "true", "x").get(i % 3), i % 3 == 0 ? "blue" : "red");
        }
        upload("written", csv).statusCode(201);
        train("written", "\"target\":\"color\",\"model\":\"written\",\"epochs\":50");

        String text = "{\"instances\":[[1,\"1.50\"],[1,\"TRUE\"],[1,\"1.5\"]]}";
        assertThat(predictions(post("/models/written", "{\"instances\":[[1,1.50],[\"1\",true],[1.0,1.5]]}")))
                .isEqualTo(predictions(post("/models/written", text)))
                .isEqualTo(predictions(postCsv("/models/written", "size,code\n1,1.50\n1,true\n1,1.5\n")));
        post("/models/written", text).body("predictions[0]", not(equalTo(predictionOf("1.5"))));
    }

    private Object predictionOf(String code) {
        return post("/models/written", "{\"instances\":[[1,\"" + code + "\"]]}")
                .extract()
                .path("predictions[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shape,size\nround,17.25\nflat,3\n",
                "\ufeffsize;shape\r\n17.25;round\r\n3;flat",
                "\"shape\"\t\"size\"\n\n\"round\"\t \"17.25\" \n\nflat\t3\n",
                "size|shape\r17.25|round\r3|flat\r",
            })
    void answersTablesWithTheirColumnsInAnyOrder(String csv) {
        String expected = predictions(post(MODEL, "{\"instances\":[[17.25,\"round\"],[3,\"flat\"]]}"));

        assertThat(predictions(postCsv(MODEL, csv))).isEqualTo(expected);
    }

    @Test
    void answersABlankLineOfATableWithOneColumn() {
        String expected = predictions(post(MODEL, "{\"instances\":[{\"size\":1},{\"size\":null},{\"size\":2},{}]}"));

        assertThat(predictions(postCsv(MODEL, "size\n1\n\n2\n\n"))).isEqualTo(expected);
    }

    @Test
    void readsTextAsTheTableWasReadThatItLearnedFrom() {
        StringBuilder csv = new StringBuilder("y;a;b\n");
        for (int i = 0; i < 40; i++) {
            csv.append("%d,5;%d,25;%s\n".formatted(i % 7, i % 5, i % 9 == 0 ? "-9" : i % 4));
        }
        api().contentType("text/csv")
                .body(csv.toString())
                .post("/datasets?name=comma&missing=-9&missing=nil")
                .then()
                .statusCode(201)
                .body("inferred.decimal", equalTo(","));
        train("comma", "\"target\":\"y\",\"network\":\"straight\",\"model\":\"comma\",\"epochs\":2");

        String expected = predictions(post("/models/comma", "{\"instances\":[[1.5,null],[2.25,3]]}"));
        assertThat(predictions(postCsv("/models/comma", "a;b\n1,5;nil\n2,25;3\n")))
                .isEqualTo(expected);
        assertThat(predictions(post("/models/comma", "{\"instances\":[[\"1,5\",-9],[\"2,25\",\"3\"]]}")))
                .isEqualTo(expected);
        assertThat(predictions(api().get("/models/comma/predictions?a=1,5&b=-9").then()))
                .isEqualTo(predictions(post("/models/comma", "{\"instances\":[[1.5,null]]}")));
        postCsv("/models/comma", "a;b\n1.5;3\n")
                .statusCode(422)
                .body("errors[0].detail", containsString("with a decimal comma"));
        api().get("/models/comma/schema")
                .then()
                .statusCode(200)
                .body("notation.decimal", equalTo(","))
                .body("notation.missing", contains("-9", "nil"));
    }

    static Stream<Arguments> dialects() {
        return Stream.of(
                Arguments.of("single", "", "'x','y'\n'red, 1','1'\n'blue','2'\n", "'x'\n'red, 1'\n"),
                Arguments.of("quoteless", "quote=none", "x,y\nred \"1\",1\n\"blue\",2\n", "x\nred \"1\"\n"),
                Arguments.of("escaped", "", "x,y\n\"red \\\"1\\\", a\",1\nblue,2\n", "x\n\"red \\\"1\\\", a\"\n"),
                Arguments.of("spaced", "", "x   y\n\"red \"\"1\"\"\" 1\nblue  2\n", "x  z\n\"red \"\"1\"\"\" 5\n"),
                Arguments.of("commas", "", "x;y\n1,5;1\n2,5;2\n", "x\n1,5\n"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void readsTablesInTheDialectOfTheTableThatTheModelLearnedFrom(
            String name, String query, String table, String instance) {
        String[] lines = table.split("\n");
        String rows = (lines[1] + "\n" + lines[2] + "\n").repeat(20);
        JsonPath dataset = api().contentType("text/csv")
                .body(lines[0] + "\n" + rows)
                .post("/datasets?name=" + name + "&" + query)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        train(name, "\"target\":\"y\",\"network\":\"straight\",\"model\":\"" + name + "\",\"epochs\":2");
        Map<String, Object> first = Map.of("x", dataset.get("first_rows[0].x"));

        String expected = predictions(api().contentType("application/json")
                .body(Map.of("instances", List.of(first)))
                .post("/models/" + name + "/predictions")
                .then()
                .body("warnings", nullValue()));
        assertThat(predictions(api().contentType("text/csv")
                        .body(instance)
                        .post("/models/" + name + "/predictions?unknown=ignore")
                        .then()
                        .statusCode(200)
                        .body("warnings", nullValue())))
                .isEqualTo(expected);
    }

    @Test
    void readsTablesInTheEncodingThatTheyName() {
        byte[] latin = "size,shape\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        api().contentType("text/csv;charset=ISO-8859-1")
                .body(latin)
                .post(MODEL + "/predictions")
                .then()
                .statusCode(200);
        api().contentType("text/csv;charset=UTF-8")
                .body(latin)
                .post(MODEL + "/predictions")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:problem:malformed-csv"));
    }

    static Stream<Arguments> badTables() {
        return Stream.of(
                Arguments.of("", "#", "must begin with a line that names columns"),
                Arguments.of("17.25,round\n", "#", "the model knows no column \"17.25\""),
                Arguments.of("size,shape\n", "#", "at least one instance"),
                Arguments.of("size,size\n1,2\n", "#", "column 2 of the header: \"size\" stands there twice"),
                Arguments.of("size,shap\n1,flat\n", "#", "did you mean \"shape\"?"),
                Arguments.of("size,shape\n1,flat\n1\n", "#/1", "on line 3: has 1 value where the header has 2"),
                Arguments.of("size,shape\n\n\"1\n\",flat\nx,flat\n", "#/1/size", "on line 5: column \"size\""));
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void tellsThePlaceOfAMisfitInATable(String csv, String pointer, String detail) {
        postCsv(MODEL, csv)
                .statusCode(422)
                .body("type", equalTo("urn:problem:prediction-shape"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(detail));
    }

    @Test
    void refusesTablesThatCannotBeSplit() {
        postCsv(MODEL, "size,shape\n1,\"flat\n")
                .statusCode(400)
                .body("type", equalTo("urn:problem:malformed-csv"))
                .body("detail", containsString("opens on line 2"));
        postCsv(MODEL, "size,shape\n1,\"flat\"er\n").statusCode(400);
    }

    @Test
    void answersWithATableIfAskedTo() {
        String classes = api().contentType("text/csv")
                .accept("text/csv")
                .body("size,shape\n2,flat\n38,round\n")
                .post(MODEL + "/predictions")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .extract()
                .asString();
        List<Number> red = post(MODEL, "{\"instances\":[[2,\"flat\"],[38,\"round\"]]}")
                .extract()
                .path("predictions.probabilities.red");
        assertThat(classes.lines()).hasSize(3).first().isEqualTo("prediction,probability_blue,probability_red");
        assertThat(classes.lines().skip(1).map(line -> line.split(",", -1)[0])).containsExactly("blue", "red");
        assertThat(classes.lines().skip(1).map(line -> Float.valueOf(line.split(",", -1)[2])))
                .containsExactly(red.get(0).floatValue(), red.get(1).floatValue());
        assertThat(api().accept("text/csv;q=0.9, application/json;q=0.1")
                        .get("/models/numbers/predictions?size=10")
                        .asString())
                .matches("prediction\r\n2\\d\\.\\d+\r\n");
        api().accept("text/csv")
                .get(MODEL + "/predictions?size=x")
                .then()
                .statusCode(422)
                .contentType("application/problem+json");
        api().accept("text/html").get(MODEL + "/predictions?size=1").then().statusCode(406);
    }

    @Test
    void passesOverUnknownColumnsIfAskedTo() {
        String expected = predictions(post(MODEL, "{\"instances\":[[17.25,\"round\"]]}"));

        String object = predictions(api().contentType("application/json")
                .body("{\"instances\":[{\"shape\":\"round\",\"id\":{\"a\":[1]},\"size\":17.25}]}")
                .post(MODEL + "/predictions?unknown=ignore")
                .then());
        String table = predictions(api().contentType("text/csv")
                .body("id,size,shape\n=1,17.25,round\n")
                .post(MODEL + "/versions/1/predictions?unknown=ignore")
                .then());
        String query = predictions(api().get(MODEL + "/predictions?unknown=ignore&size=17.25&id=7&shape=round")
                .then());

        assertThat(List.of(object, table, query)).allMatch(expected::equals);
    }

    @Test
    void refusesUnknownColumnsInEveryFormUnlessAskedTo() {
        postCsv(MODEL, "sise,shape\n1,flat\n")
                .statusCode(422)
                .body("errors[0].detail", containsString("column 1 of the header"))
                .body("errors[0].detail", containsString("did you mean \"size\"?"));
        api().get(MODEL + "/predictions?unknown=refuse&sise=1")
                .then()
                .statusCode(422)
                .body("errors.parameter", contains("sise"));
        for (String wish : List.of("?size=1&unknown=maybe", "?size=1&unknown=", "?unknown=ignore")) {
            api().get(MODEL + "/predictions" + wish)
                    .then()
                    .statusCode(422)
                    .body("type", equalTo("urn:problem:invalid-parameter"));
        }
        api().contentType("text/csv")
                .body("a,b\n1,2\n")
                .post(MODEL + "/predictions?unknown=ignore")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("names none"));
        api().contentType("application/json")
                .body("{\"instances\":[[1,\"flat\",3]]}")
                .post(MODEL + "/predictions?unknown=ignore")
                .then()
                .statusCode(422);
        api().contentType("application/json")
                .body("{\"instances\":[[1,\"flat\"]]}")
                .post(MODEL + "/predictions?unknown=maybe")
                .then()
                .statusCode(422)
                .body("errors.parameter", contains("unknown"));
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
    void warnsAlikeInEveryForm() {
        List<ValidatableResponse> forms = List.of(
                post(MODEL, "{\"instances\":[{\"shape\":\"oval\",\"size\":40}]}"),
                post(MODEL, "{\"instances\":[[40,\"oval\"]]}"),
                postCsv(MODEL, "shape,size\noval,40\n"),
                api().get(MODEL + "/predictions?shape=oval&size=40").then());
        for (ValidatableResponse form : forms) {
            form.statusCode(200)
                    .header("Twostep-Warnings", equalTo("2"))
                    .body("warnings.instance", contains(0, 0))
                    .body("warnings.column", contains("size", "shape"))
                    .body("warnings.kind", contains("out_of_range", "unseen_category"))
                    .body("warnings_left_out", equalTo(0));
        }
        post(MODEL, "{\"instances\":[[3,\"round\"],[null,\"round\"],{\"size\":3},{\"size\":3,\"shape\":\"NA\"}]}")
                .statusCode(200)
                .body("warnings.instance", contains(1, 2, 3))
                .body("warnings.column", contains("size", "shape", "shape"))
                .body("warnings.kind", everyItem(equalTo("missing")));
    }

    @Test
    void saysNothingOfValuesThatTrainingKnew() {
        post(MODEL, "{\"instances\":[[17.25,\"round\"]]}")
                .statusCode(200)
                .header("Twostep-Warnings", nullValue())
                .body("$", not(hasKey("warnings")));
    }

    @Test
    void boundsAndCountsWarnings() {
        String rows = "[null,\"oval\"],".repeat(999) + "[null,\"oval\"]";
        double before = counted("missing");

        post(MODEL, "{\"instances\":[" + rows + "]}")
                .statusCode(200)
                .header("Twostep-Warnings", equalTo("2000"))
                .body("warnings", hasSize(1000))
                .body("warnings_left_out", equalTo(1000))
                .body("warning_counts.kind", contains("missing", "unseen_category"))
                .body("warning_counts.count", contains(1000, 1000));

        assertThat(counted("missing")).isEqualTo(before + 1000);
    }

    private double counted(String kind) {
        return registry.find("twostep.prediction.warnings").tags("kind", kind, "model", "answers").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
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
                Arguments.of("{\"instances\":[{\"size\":\"one\"}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":\"1,5\"}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":true}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":[1]}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"size\":1e999}]}", "#/instances/0/size"),
                Arguments.of("{\"instances\":[{\"shape\":[1]}]}", "#/instances/0/shape"),
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
        post(MODEL, "{\"instances\":[{\"sise\":1,\"shape\":{}},{\"size\":\"x\"}]}")
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
        train("answers", request);
    }

    private void train(String dataset, String request) {
        if (api().get("/networks/straight").statusCode() == 404) {
            api().contentType("application/json")
                    .body("{\"name\":\"straight\",\"layers\":[]}")
                    .post("/networks")
                    .then()
                    .statusCode(201);
        }
        submit("/training-jobs", "{\"dataset\":\"" + dataset + "\"," + request + "}")
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

    private ValidatableResponse postCsv(String model, String body) {
        return api().contentType("text/csv;charset=UTF-8")
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
