package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that predict several numbers at once, of very different sizes. */
@Tag("once")
class SeveralNumbersApiTest extends SeveralTargetsApi {

    private static final String HEADER = "a,b,place,height,weight,few,kind,none,w\n";
    private static final String BODIES = "\"dataset\":\"bodies\",\"targets\":[\"height\",\"weight\"],"
            + "\"exclude\":[\"few\",\"kind\",\"none\",\"w\"]";

    @BeforeEach
    void upload() {
        uploadRows("bodies", HEADER, IntStream.range(0, 300).mapToObj(SeveralNumbersApiTest::row));
        uploadRows(
                "more-bodies",
                HEADER,
                IntStream.range(300, 360)
                        .mapToObj(i -> i % 10 == 0
                                ? "1,2,north,,5000,1,x,,1"
                                : i % 10 == 1 ? "1,2,north,12,,1,x,,1" : row(i)));
        if (api().get("/models/bodies").statusCode() == 404) {
            train(BODIES + ",\"epochs\":150,\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.01},"
                            + "\"split\":{\"validation\":0.2,\"test\":0.1}")
                    .statusCode(201)
                    .body("status", equalTo("succeeded"))
                    .body("recipe.targets", contains("height", "weight"))
                    .body("recipe", not(hasKey("target")))
                    .body("recipe.task", equalTo("regression"))
                    .body("columns_left_out.column", contains("few", "kind", "none", "w"));
        }
    }

    private static String row(int i) {
        int a = i * 7 % 31;
        int b = i * 11 % 29;
        boolean north = i % 3 == 0;
        double height = 1.5 * a - 0.5 * b + (north ? 20 : 0) + (i % 5) * 0.01;
        double weight = 3000 * b - 500 * a + (north ? 0 : 40_000);
        return "%d,%d,%s,%s,%s,%d,%s,,%d"
                .formatted(a, b, north ? "north" : "south", height, weight, i % 4, i % 2 == 0 ? "x" : "y", 1 + i % 3);
    }

    @Test
    void learnsEachAsWellAsTheOthers() {
        JsonPath found = api().get("/models/bodies/versions/1/evaluation").jsonPath();

        for (String part : List.of("training", "validation", "test")) {
            assertThat(found.getString(part + ".type")).isEqualTo("multi_output_regression");
            double height = found.getDouble(part + ".targets.height.r2");
            double weight = found.getDouble(part + ".targets.weight.r2");
            assertThat(height).as(part).isGreaterThan(0.95);
            assertThat(weight).as(part).isGreaterThan(0.95);
            assertThat(found.getDouble(part + ".r2")).isCloseTo((height + weight) / 2, within(1e-6));
            assertThat(found.getDouble(part + ".rmse"))
                    .isCloseTo(
                            (found.getDouble(part + ".targets.height.rmse")
                                            + found.getDouble(part + ".targets.weight.rmse"))
                                    / 2,
                            within(1e-2));
            assertThat(found.getDouble(part + ".loss"))
                    .isCloseTo(
                            (found.getDouble(part + ".targets.height.loss")
                                            + found.getDouble(part + ".targets.weight.loss"))
                                    / 2,
                            within(1e-6));
            assertThat(found.getDouble(part + ".targets.weight.baseline.rmse")).isGreaterThan(1000);
        }
        assertThat(found.getList("validation.targets.height.residuals.counts", Integer.class).stream()
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(found.getInt("validation.rows"));
    }

    @Test
    void tellsWhatItPredicts() {
        api().get("/models/bodies/versions/1")
                .then()
                .statusCode(200)
                .body("schema.target.type", equalTo("numbers"))
                .body("schema.target.targets.column", contains("height", "weight"))
                .body("schema.target.targets[1].standard_deviation", greaterThan(1000f))
                .body("network.layers[2].units", equalTo(2));
        api().get("/models/bodies/schema")
                .then()
                .statusCode(200)
                .body("prediction.type", equalTo("targets"))
                .body("prediction.targets.column", contains("height", "weight"))
                .body("prediction.targets.type", contains("number", "number"));
        api().get("/models?limit=200")
                .then()
                .statusCode(200)
                .body("items.find { it.name == 'bodies' }.targets", contains("height", "weight"))
                .body("items.find { it.name == 'bodies' }.metrics.validation", not(hasKey("targets")));
    }

    @Test
    void answersWithAValueForEach() {
        JsonPath answer = predict("application/json").jsonPath();
        List<String> table = predict("text/csv").asString().lines().toList();

        assertThat(answer.getDouble("predictions[0].targets.height.value")).isBetween(20.0, 40.0);
        assertThat(answer.getDouble("predictions[0].targets.weight.value")).isBetween(10_000.0, 40_000.0);
        assertThat(table).hasSize(3);
        assertThat(table.get(0)).isEqualTo("prediction_height,prediction_weight");
        for (int row = 0; row < 2; row++) {
            String[] values = table.get(row + 1).split(",");
            assertThat(Double.parseDouble(values[0]))
                    .isCloseTo(answer.getDouble("predictions[" + row + "].targets.height.value"), within(1e-4));
            assertThat(Double.parseDouble(values[1]))
                    .isCloseTo(answer.getDouble("predictions[" + row + "].targets.weight.value"), within(1e-1));
        }
        api().get("/models/bodies/predictions?a=10&b=10&place=north")
                .then()
                .statusCode(200)
                .body("predictions[0].targets.keySet()", contains("height", "weight"));
    }

    private Response predict(String accepted) {
        return api().contentType("application/json")
                .accept(accepted)
                .body("{\"instances\":[{\"a\":10,\"b\":10,\"place\":\"north\"},[3,20,\"south\"]]}")
                .post("/models/bodies/predictions");
    }

    @Test
    void judgesTheRowsThatHaveAll() {
        post("/models/bodies/versions/1/evaluations", "\"dataset\":\"more-bodies\"")
                .statusCode(200)
                .body("rows", equalTo(60))
                .body("without_target", equalTo(12))
                .body("evaluation.rows", equalTo(48))
                .body("evaluation.type", equalTo("multi_output_regression"))
                .body("evaluation.targets.height.r2", greaterThan(0.9f))
                .body("evaluation.targets.weight.r2", greaterThan(0.9f));
        uploadRows(
                "half-bodies",
                HEADER,
                IntStream.range(0, 5).mapToObj(i -> i % 2 == 0 ? "1,2,north,3,,1,x,,1" : "1,2,north,,3,1,x,,1"));
        post("/models/bodies/versions/1/evaluations", "\"dataset\":\"half-bodies\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("in each of the columns height, weight"));
    }

    @Test
    void scoresATable() {
        post(
                        "/scoring-jobs",
                        "\"model\":\"bodies\",\"dataset\":\"more-bodies\",\"result\":\"scored-bodies\",\"columns\":[\"a\"]")
                .statusCode(201)
                .body("status", equalTo("succeeded"));

        List<String> lines =
                api().get("/datasets/scored-bodies/content").asString().lines().toList();
        assertThat(lines).hasSize(61);
        assertThat(lines.get(0)).isEqualTo("\"a\",\"prediction_height\",\"prediction_weight\"");
        assertThat(lines.subList(1, 61)).allMatch(line -> line.matches("\\d+,-?[0-9.]+,-?[0-9.E]+"));
    }

    @Test
    void countsRowsWithoutAllTargetsAsLeftOut() {
        train("\"dataset\":\"more-bodies\",\"targets\":[\"weight\",\"height\"],\"epochs\":2,\"features\":[\"a\",\"b\"],"
                        + "\"sample_weight\":\"w\",\"model\":\"few-bodies\"")
                .statusCode(201)
                .body("status", equalTo("succeeded"));

        api().get("/models/few-bodies")
                .then()
                .body("provenance.rows.left_out", equalTo(12))
                .body("schema.target.targets.column", contains("weight", "height"));
    }

    @Test
    void stopsByTheMeanOfAFigure() {
        JsonPath job = train(BODIES
                        + ",\"epochs\":100,\"model\":\"stopped-bodies\",\"stop\":{\"metric\":\"r2\",\"patience\":3}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .jsonPath();

        double judged = api().get("/models/stopped-bodies/versions/1/evaluation")
                .jsonPath()
                .getDouble("validation.r2");
        assertThat(job.getDouble("stop_detail.best_validation_r2")).isCloseTo(judged, within(1e-4));
        train(BODIES + ",\"stop\":{\"metric\":\"accuracy\"}")
                .statusCode(422)
                .body("errors.pointer", contains("#/stop/metric"));
        post("/models/stopped-bodies/versions/1/reproduce", "").body("identical", equalTo(true));
    }

    @Test
    void validatesItsFoldsAndSearches() {
        post("/cross-validations", "\"folds\":3,\"job\":{" + BODIES + ",\"epochs\":5}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("summary.r2.folds", equalTo(3))
                .body("summary.rmse.folds", equalTo(3))
                .body("results[0].metrics.type", equalTo("multi_output_regression"));
        post(
                        "/searches",
                        "\"method\":\"grid\",\"metric\":\"r2\",\"budget\":{\"max_seconds\":60},\"job\":{" + BODIES
                                + ",\"epochs\":3,\"model\":\"searched-bodies\"},"
                                + "\"space\":{\"/batch_size\":{\"type\":\"choice\",\"values\":[16,32]}}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("trial_counts.succeeded", equalTo(2));
    }

    @Test
    void tellsAheadWhatItWillBe() {
        post("/training-jobs:validate", BODIES)
                .statusCode(200)
                .body("rows.training", greaterThan(100))
                .body("outputs", equalTo(2));
        post("/training-jobs:validate", BODIES.replace("bodies", "more-bodies"))
                .statusCode(200)
                .body(
                        "warnings.findAll { it.kind == 'rows_without_target' }.columns.flatten()",
                        contains("height", "weight"))
                .body(
                        "warnings.findAll { it.kind == 'rows_without_target' }.detail",
                        contains("At least 6 of 60 rows have no value of some target and are left out."));
    }

    /** Each category has a mean of each target. */
    @Test
    void learnsCategoriesByTheMeansOfAll() {
        train(BODIES + ",\"epochs\":2,\"model\":\"mean-bodies\",\"encoding\":{\"category\":\"target_mean\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("columns.find { it.column == 'place' }.inputs", equalTo(2));
        api().get("/models/mean-bodies")
                .then()
                .body("schema.features.find { it.name == 'place' }.of", contains("height", "weight"));
    }

    @Test
    void beginsWithAModelOfTheSameTargets() {
        String start = ",\"epochs\":1,\"model\":\"warm-bodies\",\"warm_start\":{\"model\":\"bodies\"}";
        train(BODIES + start).statusCode(201).body("status", equalTo("succeeded"));
        train(BODIES.replace("\"height\",\"weight\"", "\"weight\",\"height\"") + start)
                .statusCode(422)
                .body("errors.pointer", contains("#/targets"))
                .body("errors[0].detail", containsString("must be height, weight, in that order"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'target':'height','targets':['height','weight']|#/targets|must not be given beside target",
                "'task':'regression'|#/target|is required, or targets",
                "'targets':['height']|#/targets|must be 2 to 100 columns but was 1: one goes under target",
                "'targets':[]|#/targets|must be 2 to 100 columns but was 0",
                "'targets':'height'|#/targets|must be an array",
                "'targets':['height',null]|#/targets/1|must not be null",
                "'targets':['height','weight','height']|#/targets/2|names the column \"height\" again",
                "'targets':['height','wieght']|#/targets/1|did you mean \"weight\"",
                "'targets':['height','none']|#/targets/1|has a value in fewer than 2 rows",
                "'targets':['height','weight'],'exclude':['weight']|#/exclude/0|is one of the targets",
                "'targets':['height','weight'],'features':['a','weight']|#/features/1|is one of the targets",
                "'targets':['height','kind'],'task':'regression'|#/targets/1|holds text, which task regression cannot predict",
                "'targets':['height','weight'],'split':{'by':'stratified'}|#/split/by|the targets are numbers",
                "'targets':['height','weight'],'class_weights':'balanced'|#/class_weights|the targets are numbers",
                "'targets':['height','weight'],'sample_weight':'weight'|#/sample_weight|is one of the targets",
                "'targets':['height','weight'],'split':{'by':{'type':'group','column':'height'}}|#/split/by/column|is one of the targets",
                "'targets':['height','weight'],'network':{'layers':[],'output':{'activation':'softmax'}}|#/network/output/activation|softmax"
            })
    void refuses(String fields, String pointer, String detail) {
        train("\"dataset\":\"bodies\"," + fields.replace('\'', '"'))
                .statusCode(422)
                .body("errors.findAll { it.pointer == '" + pointer + "' }.detail", hasItem(containsString(detail)));
    }
}
