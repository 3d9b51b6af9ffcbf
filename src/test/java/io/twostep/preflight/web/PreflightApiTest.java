package io.twostep.preflight.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class PreflightApiTest extends LiveService {

    private static final String HEADER = "colour,size,day,part,weight,kind\n";

    @BeforeEach
    void upload() {
        upload("preflight", HEADER + rows(0, 200));
        upload("preflight-watched", HEADER + rows(200, 260));
        upload("preflight-long", HEADER + rows(0, 20_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"encoding\":{\"missing\":\"indicator\",\"columns\":{\"colour\":{\"category\":\"target_mean\"}}}",
                ",\"split\":{\"by\":{\"type\":\"column\",\"column\":\"part\"}},\"class_weights\":\"balanced\"",
                ",\"sample_weight\":\"weight\",\"split\":{\"validation\":0.3,\"test\":0.1,\"by\":\"stratified\"}",
                ",\"features\":[\"day\",\"colour\"],\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":3}]}"
            })
    void tellsWhatTheTrainingWillFind(String more) {
        String body = "{\"dataset\":\"preflight\",\"target\":\"kind\",\"model\":\"preflown\"" + more + "}";
        JsonPath told = validate(body).statusCode(200).extract().jsonPath();

        JsonPath job = submit("/training-jobs", body)
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .jsonPath();
        JsonPath model = api().get(job.getString("links.model").substring("/api/v1".length()))
                .jsonPath();

        assertThat(told.<Object>get("recipe")).isEqualTo(job.get("recipe"));
        assertThat(told.<Object>get("columns")).isEqualTo(job.get("columns"));
        assertThat(told.<Object>get("columns_left_out")).isEqualTo(job.get("columns_left_out"));
        assertThat(told.getString("dataset_sha256")).isEqualTo(job.getString("dataset_sha256"));
        for (String part : List.of("training", "validation", "test", "left_out")) {
            assertThat(told.getInt("rows." + part)).as(part).isEqualTo(model.getInt("provenance.rows." + part));
        }
        assertThat(told.getBoolean("rows.exact")).isTrue();
        assertThat(told.getBoolean("sample.whole")).isTrue();
        assertThat(told.getLong("parameter_count")).isEqualTo(model.getLong("parameter_count"));
        assertThat(told.getInt("outputs")).isEqualTo(3);
        assertThat(told.getInt("inputs")).isEqualTo(sum(told.getList("columns.inputs")));
        assertThat(told.getDouble("seconds_per_epoch")).isPositive();
    }

    @Test
    void saysHowLongAnEpochTakesAndWhatItNeeds() {
        validate(
                        "{\"dataset\":\"preflight\",\"target\":\"kind\",\"batch_size\":50,\"epochs\":9,\"split\":{\"validation\":0.2}}")
                .statusCode(200)
                .body("rows.training", equalTo(160))
                .body("steps_per_epoch", equalTo(4))
                .body("measured.rows_per_step", equalTo(50))
                .body("measured.steps", greaterThan(1))
                .body("memory.peak_bytes", greaterThan(100_000))
                .body("memory.examples_on_heap_bytes", greaterThan(0))
                .body("recipe.training.optimizer.type", equalTo("adam"))
                .body("warnings.kind", hasItems("few_steps", "more_parameters_than_rows"))
                .body("warnings.kind", not(hasItem("not_measured")));
    }

    @Test
    void looksAtSomeRowsOfMany() {
        String split = ",\"split\":{\"by\":{\"type\":\"column\",\"column\":\"part\"}}";
        validate("{\"dataset\":\"preflight-long\",\"target\":\"kind\"" + split + "}")
                .statusCode(200)
                .body("sample.rows", equalTo(4096))
                .body("sample.whole", equalTo(false))
                .body("rows.exact", equalTo(false))
                .body("rows.training", greaterThan(15_000))
                .body("rows.validation", greaterThan(1_500))
                .body("rows.left_out", equalTo(0))
                .body("outputs", equalTo(3))
                .body("seconds_per_epoch", notNullValue())
                .body("columns_left_out.reason", contains("divides_the_rows"));
        validate("{\"dataset\":\"preflight-long\",\"target\":\"size\",\"features\":[\"kind\"],"
                        + "\"split\":{\"validation\":0.1,\"by\":{\"type\":\"fold\",\"fold\":1,\"folds\":2}}}")
                .statusCode(200)
                .body("rows.test", equalTo(8_571))
                .body("rows.validation", equalTo(857));
        validate("{\"dataset\":\"preflight-long\",\"target\":\"size\",\"features\":[\"kind\"]}")
                .statusCode(200)
                .body("rows.training", equalTo(17_142 - 1_714))
                .body("rows.validation", equalTo(1_714))
                .body("rows.left_out", equalTo(2_858))
                .body("steps_per_epoch", equalTo(483))
                .body("inputs", equalTo(3))
                .body("inputs_at_most", equalTo(4))
                .body("outputs", equalTo(1))
                .body("warnings.find { it.kind == 'more_inputs_possible' }.detail", containsString("up to 4"));
    }

    @Test
    void countsRowsOfOtherDatasets() {
        validate(
                        "{\"dataset\":\"preflight\",\"target\":\"kind\",\"split\":{\"validation_dataset\":\"preflight-watched\"}}")
                .statusCode(200)
                .body("rows.training", equalTo(200))
                .body("rows.validation", equalTo(60))
                .body("rows.exact", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"dataset\":\"preflight\"}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"epochz\":3}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"target\":\"kind\"}",
                "{\"dataset\":\"prefligth\",\"target\":\"kind\",\"network\":\"none\"}",
                "{\"dataset\":\"preflight\",\"target\":\"knid\",\"exclude\":[\"nothing\"]}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"epochs\":0,\"batch_size\":-1}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"deadline\":\"2001-01-01T00:00:00Z\"}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"warm_start\":{\"model\":\"never\"}}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":9000},{\"type\":\"dense\",\"units\":9000}]}}",
                "{\"dataset\":\"preflight\",\"target\":\"kind\",\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":90000},{\"type\":\"dense\",\"units\":90000}]}}"
            })
    void refusesWhatIsRefusedWhereJobsArePosted(String body) {
        JsonPath posted = post("/training-jobs", body).jsonPath();
        Response answer = post("/training-jobs:validate", body);

        assertThat(answer.statusCode()).isEqualTo(posted.getInt("status")).isGreaterThanOrEqualTo(400);
        JsonPath told = answer.jsonPath();
        for (String field : List.of("type", "detail", "errors")) {
            assertThat(told.<Object>get(field)).as(field).isEqualTo(posted.get(field));
        }
    }

    @Test
    void saysWhenAJobNeedsTooMuchMemory() {
        validate(
                        "{\"dataset\":\"preflight\",\"target\":\"kind\",\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":9000},{\"type\":\"dense\",\"units\":9000}]}}")
                .statusCode(422)
                .body("type", equalTo("urn:problem:job-too-large"));
    }

    @Test
    void takesJsonAlone() {
        api().contentType("text/plain")
                .body("{}")
                .post("/training-jobs:validate")
                .then()
                .statusCode(415);
        api().get("/training-jobs:validate").then().statusCode(405);
    }

    @Test
    void refusesWhatTrainingWouldFindInTheRows() {
        upload("preflight-odd", HEADER + rows(0, 60) + "red,1,2020-01-01,never,-3,a\n");

        validate(
                        "{\"dataset\":\"preflight-odd\",\"target\":\"kind\",\"split\":{\"by\":{\"type\":\"column\",\"column\":\"part\"}}}")
                .statusCode(422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors.pointer", contains("#/split/by/column"))
                .body("errors[0].detail", containsString("never"));
        validate("{\"dataset\":\"preflight-odd\",\"target\":\"kind\",\"sample_weight\":\"weight\"}")
                .statusCode(422)
                .body("errors.pointer", contains("#/sample_weight"));
    }

    @Test
    void keepsNothing() {
        List<String> before = kept();

        validate("{\"dataset\":\"preflight\",\"target\":\"kind\",\"model\":\"never-kept\"}")
                .statusCode(200);

        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void warnsOfWhatAPractitionerWouldLookInto() {
        String csv = IntStream.range(0, 60)
                .mapToObj(i ->
                        i * 0.5 + ",7," + (i % 3 == 0 ? i : "") + "," + (i < 2 ? "rare" : i == 9 ? "" : "k" + i % 2))
                .collect(Collectors.joining("\n", "x,same,seldom,kind\n", "\n"));
        upload("preflight-awkward", csv);

        validate(
                        "{\"dataset\":\"preflight-awkward\",\"target\":\"kind\",\"split\":{\"validation\":0},\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.5}}")
                .statusCode(200)
                .body(
                        "warnings.kind",
                        hasItems(
                                "constant",
                                "mostly_missing",
                                "rare_classes",
                                "rows_without_target",
                                "no_validation_rows",
                                "large_learning_rate"))
                .body("warnings.find { it.kind == 'constant' }.columns", contains("same"))
                .body("warnings.find { it.kind == 'mostly_missing' }.columns", contains("seldom"))
                .body("warnings.find { it.kind == 'rare_classes' }.detail", containsString("\"rare\" in 2"))
                .body("warnings.find { it.kind == 'rows_without_target' }.detail", containsString("1 of 60"));
        validate(
                        "{\"dataset\":\"preflight-awkward\",\"target\":\"x\",\"features\":[\"kind\"],\"split\":{\"validation\":0.4},\"network\":{\"layers\":[]},\"optimizer\":{\"type\":\"sgd\",\"learning_rate\":0.5}}")
                .statusCode(200)
                .body("warnings", empty());
        validate(
                        "{\"dataset\":\"preflight-awkward\",\"target\":\"x\",\"split\":{\"validation\":0.1},\"optimizer\":{\"type\":\"sgd\",\"learning_rate\":1000}}")
                .statusCode(200)
                .body("warnings.kind", hasItems("diverges", "few_validation_rows", "large_learning_rate"));
    }

    @Test
    void staysWithTheSampleWhereItCannotBeLearnedFrom() {
        String csv = IntStream.range(0, 9_000)
                .mapToObj(i -> i + "," + (i == 300 ? "b" : "a"))
                .collect(Collectors.joining("\n", "x,kind\n", "\n"));
        upload("preflight-hidden", csv);

        validate("{\"dataset\":\"preflight-hidden\",\"target\":\"kind\"}")
                .statusCode(200)
                .body("inputs", nullValue())
                .body("columns", nullValue())
                .body("inputs_at_most", equalTo(1))
                .body("seconds_per_epoch", nullValue())
                .body("steps_per_epoch", greaterThan(1))
                .body("outputs", lessThanOrEqualTo(2))
                .body("warnings.kind", hasItems("may_fail", "not_measured"));
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        for (String path : List.of("/training-jobs", "/models", "/datasets", "/networks")) {
            kept.addAll(api().get(path + "?limit=100").jsonPath().getList("items.name"));
            kept.addAll(api().get(path + "?limit=100").jsonPath().getList("items.id"));
        }
        return kept;
    }

    private ValidatableResponse validate(String body) {
        return post("/training-jobs:validate", body).then();
    }

    private Response post(String path, String body) {
        return api().contentType("application/json").body(body).post(path);
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    /** Sorted by class, as tables often are. */
    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(row -> String.join(
                        ",",
                        List.of("red", "green", "blue", "grey").get(row % 4),
                        row % 7 == 0 ? "" : String.valueOf(row % 23),
                        "2024-0" + (1 + row % 9) + "-1" + row % 10,
                        row % 10 == 0 ? "validation" : row % 10 == 5 ? "test" : "train",
                        String.valueOf(1 + row % 3),
                        List.of("a", "b", "c").get(from == 0 ? 3 * row / to : row % 3)))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
