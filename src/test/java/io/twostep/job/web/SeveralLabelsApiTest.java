package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that tell of several columns of two classes each, text, booleans and numbers, which one a row has. */
class SeveralLabelsApiTest extends SeveralTargetsApi {

    private static final String HEADER = "a,b,place,smokes,runs,risk,kind,size,w\n";
    private static final String HABITS = "\"dataset\":\"habits\",\"targets\":[\"smokes\",\"runs\",\"risk\"],"
            + "\"exclude\":[\"kind\",\"size\",\"w\"]";

    @BeforeEach
    void upload() {
        uploadRows("habits", HEADER, IntStream.range(0, 300).mapToObj(SeveralLabelsApiTest::row));
        uploadRows("more-habits", HEADER, IntStream.range(300, 360).mapToObj(i -> switch (i % 10) {
            case 0 -> "1,2,north,,true,1,x,1.5,1";
            case 1 -> "1,2,north,perhaps,true,1,x,1.5,1";
            default -> row(i);
        }));
        if (api().get("/models/habits").statusCode() == 404) {
            train(HABITS + ",\"epochs\":150,\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.01},"
                            + "\"split\":{\"validation\":0.2,\"test\":0.1}")
                    .statusCode(201)
                    .body("status", equalTo("succeeded"))
                    .body("recipe.targets", contains("smokes", "runs", "risk"))
                    .body("recipe.task", equalTo("multi_label"));
        }
    }

    private static String row(int i) {
        int a = i * 7 % 31;
        int b = i * 11 % 29;
        boolean north = i % 3 == 0;
        return "%d,%d,%s,%s,%s,%d,%s,%s,%d"
                .formatted(
                        a,
                        b,
                        north ? "north" : "south",
                        a > b ? "yes" : "no",
                        a + b > 30,
                        (north && a > 10) || b > 20 ? 1 : 0,
                        List.of("x", "y", "z").get(i % 3),
                        i * 0.37,
                        1 + i % 3);
    }

    @Test
    void learnsEachAndAllTogether() {
        JsonPath found = api().get("/models/habits/versions/1/evaluation").jsonPath();

        for (String part : List.of("training", "validation", "test")) {
            assertThat(found.getString(part + ".type")).isEqualTo("multi_label");
            double wrong = 0;
            double loss = 0;
            for (String target : List.of("smokes", "runs", "risk")) {
                String path = part + ".targets." + target;
                assertThat(found.getDouble(path + ".accuracy")).as(path).isGreaterThan(0.85);
                assertThat(found.getDouble(path + ".accuracy"))
                        .as(path)
                        .isGreaterThan(found.getDouble(path + ".baseline.accuracy"));
                wrong += 1 - found.getDouble(path + ".accuracy");
                loss += found.getDouble(path + ".loss");
                assertThat(found.getList(path + ".detail.confusion")).hasSize(2);
                assertThat(found.getDouble(path + ".loss"))
                        .isCloseTo(found.getDouble(path + ".log_loss"), within(1e-4));
            }
            assertThat(found.getDouble(part + ".hamming_loss")).isCloseTo(wrong / 3, within(1e-6));
            assertThat(found.getDouble(part + ".loss")).isCloseTo(loss / 3, within(1e-6));
            assertThat(found.getDouble(part + ".subset_accuracy")).isBetween(1 - wrong - 1e-6, 1 - wrong / 3 + 1e-6);
            assertThat(found.getDouble(part + ".roc_auc")).isGreaterThan(0.9);
        }
        assertThat(found.getList("test.targets.risk.detail.curves")).hasSize(1);
    }

    @Test
    void tellsWhatItPredicts() {
        api().get("/models/habits/versions/1")
                .then()
                .statusCode(200)
                .body("schema.target.type", equalTo("labels"))
                .body("schema.target.targets.column", contains("smokes", "runs", "risk"))
                .body("schema.target.targets[2].labels", contains("0", "1"))
                .body("network.layers[2].units", equalTo(3))
                .body("network.layers[2].activation", equalTo("sigmoid"))
                .body("network.loss.type", equalTo("binary_cross_entropy"));
        api().get("/models/habits/schema")
                .then()
                .statusCode(200)
                .body("prediction.targets.type", everyItem(equalTo("class")))
                .body("prediction.targets[1].classes", contains("false", "true"));
        api().get("/models?limit=200")
                .then()
                .statusCode(200)
                .body("items.find { it.name == 'habits' }.metrics.test", not(hasKey("targets")))
                .body("items.find { it.name == 'habits' }.metrics.test", hasKey("micro_f1"));
    }

    @Test
    void answersWithAClassForEach() {
        JsonPath answer = predict("application/json").jsonPath();
        List<String> table = predict("text/csv").asString().lines().toList();

        assertThat(answer.getString("predictions[0].targets.smokes.label")).isEqualTo("yes");
        assertThat(answer.getString("predictions[1].targets.smokes.label")).isEqualTo("no");
        assertThat(answer.getString("predictions[0].targets.runs.label")).isEqualTo("false");
        assertThat(answer.getDouble("predictions[0].targets.smokes.probabilities.yes")
                        + answer.getDouble("predictions[0].targets.smokes.probabilities.no"))
                .isCloseTo(1, within(1e-6));
        assertThat(table.get(0))
                .isEqualTo("prediction_smokes,probability_smokes_no,probability_smokes_yes,"
                        + "prediction_runs,probability_runs_false,probability_runs_true,"
                        + "prediction_risk,probability_risk_0,probability_risk_1");
        assertThat(table.get(1)).startsWith("yes,").contains(",false,");
        assertThat(table.get(1).split(",")).hasSize(9);
    }

    private Response predict(String accepted) {
        return api().contentType("application/json")
                .accept(accepted)
                .body("{\"instances\":[{\"a\":20,\"b\":3,\"place\":\"south\"},[3,25,\"north\"]]}")
                .post("/models/habits/predictions");
    }

    @Test
    void judgesTheRowsWhoseClassesItKnows() {
        post("/models/habits/versions/1/evaluations", "\"dataset\":\"more-habits\"")
                .statusCode(200)
                .body("rows", equalTo(60))
                .body("without_target", equalTo(6))
                .body("unknown_class", equalTo(6))
                .body("unknown_classes", hasSize(1))
                .body("unknown_classes[0].target", equalTo("smokes"))
                .body("unknown_classes[0].label", equalTo("perhaps"))
                .body("evaluation.rows", equalTo(48))
                .body("evaluation.type", equalTo("multi_label"))
                .body("evaluation.targets.smokes.accuracy", greaterThan(0.85f));
        uploadRows("other-habits", HEADER, IntStream.range(0, 5).mapToObj(i -> "1,2,north,ye,true,1,x,1.5,1"));
        post("/models/habits/versions/1/evaluations", "\"dataset\":\"other-habits\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("one has \"ye\" (did you mean \"yes\"?)"));
    }

    @Test
    void scoresATable() {
        post(
                        "/scoring-jobs",
                        "\"model\":\"habits\",\"dataset\":\"more-habits\",\"result\":\"scored-habits\",\"columns\":[\"a\"],"
                                + "\"prefix\":\"my_\"")
                .statusCode(201)
                .body("status", equalTo("succeeded"));

        api().get("/datasets/scored-habits")
                .then()
                .statusCode(200)
                .body("columns.name", hasItem("my_prediction_runs"))
                .body("columns.find { it.name == 'my_prediction_runs' }.type", equalTo("boolean"))
                .body("columns.find { it.name == 'my_prediction_risk' }.type", equalTo("integer"))
                .body("columns.find { it.name == 'my_probability_smokes_yes' }.type", equalTo("number"));
        assertThat(api().get("/datasets/scored-habits/content").asString().lines())
                .hasSize(61);
    }

    @Test
    void countsRowsWithoutAllTargetsAsLeftOut() {
        uploadRows("gappy-habits", HEADER, IntStream.range(0, 60).mapToObj(i -> switch (i % 10) {
            case 0 -> "1,2,north,,true,1,x,1.5,1";
            case 1 -> "1,2,north,yes,true,,x,1.5,1";
            default -> row(i);
        }));
        train("\"dataset\":\"gappy-habits\",\"targets\":[\"risk\",\"smokes\"],\"epochs\":2,\"features\":[\"a\",\"b\"],"
                        + "\"sample_weight\":\"w\",\"model\":\"few-habits\",\"task\":\"classification\"")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("recipe.task", equalTo("multi_label"));
        api().get("/models/few-habits").then().body("provenance.rows.left_out", equalTo(12));
    }

    @ParameterizedTest
    @CsvSource({"subset_accuracy", "hamming_loss", "macro_f1", "micro_f1"})
    void stopsByAFigureOfAll(String metric) {
        JsonPath job = train(
                        HABITS + ",\"epochs\":100,\"model\":\"stopped-habits\",\"stop\":{\"patience\":3,\"metric\":\""
                                + metric + "\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .jsonPath();

        double judged = api().get(job.getString("links.model").substring("/api/v1".length()) + "/evaluation")
                .jsonPath()
                .getDouble("validation." + metric);
        assertThat(job.getDouble("stop_detail.best_validation_" + metric)).isCloseTo(judged, within(1e-4));
    }

    @Test
    void isMadeAgainValidatedAndSearched() {
        train(HABITS + ",\"epochs\":5,\"model\":\"again-habits\"").statusCode(201);
        post("/models/again-habits/versions/1/reproduce", "").body("identical", equalTo(true));
        post("/cross-validations", "\"folds\":3,\"job\":{" + HABITS + ",\"epochs\":5}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("summary.subset_accuracy.folds", equalTo(3))
                .body("summary.hamming_loss.folds", equalTo(3))
                .body("summary.micro_f1.folds", equalTo(3));
        post(
                        "/searches",
                        "\"method\":\"grid\",\"metric\":\"micro_f1\",\"budget\":{\"max_seconds\":60},\"job\":{" + HABITS
                                + ",\"epochs\":3,\"model\":\"searched-habits\"},"
                                + "\"space\":{\"/batch_size\":{\"type\":\"choice\",\"values\":[16,32]}}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        post("/training-jobs:validate", HABITS).statusCode(200).body("outputs", equalTo(3));
        train(HABITS + ",\"epochs\":1,\"model\":\"warm-habits\",\"warm_start\":{\"model\":\"habits\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }

    @Test
    void beginsWithNoModelOfOtherClasses() {
        uploadRows(
                "renamed-habits",
                HEADER,
                IntStream.range(0, 100)
                        .mapToObj(i -> row(i).replace("yes", "ja").replace("no,", "nein,")));

        train(HABITS.replace("habits", "renamed-habits")
                        + ",\"epochs\":1,\"model\":\"renamed-habits\",\"warm_start\":{\"model\":\"habits\"}")
                .statusCode(201)
                .body("status", equalTo("failed"))
                .body(
                        "error.detail",
                        containsString(
                                "knows the classes no, yes; false, true; 0, 1, but here they are ja, nein; false"));
    }

    @Test
    void learnsCategoriesByTheSharesOfAll() {
        train(HABITS + ",\"epochs\":2,\"model\":\"mean-habits\",\"encoding\":{\"category\":\"target_mean\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        api().get("/models/mean-habits")
                .then()
                .body("schema.features.find { it.name == 'place' }.of", contains("smokes=yes", "runs=true", "risk=1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'targets':['smokes','size']|#/targets|but \"size\" is a number and \"smokes\" a class",
                "'targets':['size','risk']|#/targets|whole numbers of few distinct values are numbers if task is regression",
                "'targets':['smokes','kind']|#/targets/1|must have 2 classes, as each of several targets, but has 3",
                "'targets':['size','a'],'task':'classification'|#/targets/0|, unless task is regression",
                "'targets':['smokes','runs'],'split':{'by':'stratified'}|#/split/by|there are 2 targets",
                "'targets':['smokes','runs'],'class_weights':'balanced'|#/class_weights|there are 2 targets",
                "'targets':['smokes','runs'],'stop':{'metric':'accuracy'}|#/stop/metric|must be loss, macro_f1, subset_accuracy",
                "'target':'smokes','task':'multi_label'|#/task|there must be several targets",
                "'target':'smokes','stop':{'metric':'micro_f1'}|#/stop/metric|where the target is a class",
                "'targets':['smokes','runs'],'network':{'layers':[],'output':{'activation':'softmax'}}|#/network/output/activation|must be sigmoid",
                "'targets':['smokes','runs'],'network':{'layers':[],'output':{'loss':'focal'}}|#/network/output/loss|must be binary_cross_entropy"
            })
    void refuses(String fields, String pointer, String detail) {
        train("\"dataset\":\"habits\"," + fields.replace('\'', '"'))
                .statusCode(422)
                .body("errors.findAll { it.pointer == '" + pointer + "' }.detail", hasItem(containsString(detail)));
    }
}
