package io.twostep.preflight.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.twostep.web.LiveService;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningRateApiTest extends LiveService {

    private static final String BODY =
            "{\"dataset\":\"rates\",\"target\":\"y\",\"arithmetic\":\"portable\",\"network\":{\"layers\":[]},"
                    + "\"optimizer\":{\"type\":\"sgd\",\"learning_rate\":0.5}}";

    @BeforeEach
    void upload() {
        String csv = IntStream.range(0, 300)
                .mapToObj(i -> i % 50 + "," + (2.5 * (i % 50) + i % 3))
                .collect(Collectors.joining("\n", "x,y\n", "\n"));
        upload("rates", csv);
    }

    @Test
    void showsTheLossAtEachRateAndSuggestsOne() {
        JsonPath found = find("", BODY)
                .then()
                .statusCode(200)
                .body("ended", equalTo("diverged"))
                .body("rows_per_step", equalTo(32))
                .body("sample.whole", equalTo(true))
                .body("points.columns", contains("learning_rate", "loss", "smoothed_loss"))
                .body("recipe.training.optimizer.learning_rate", equalTo(0.5f))
                .extract()
                .jsonPath();

        List<List<Number>> rows = found.getList("points.rows");
        assertThat(rows.get(0).get(0).floatValue()).isEqualTo(1e-6f);
        assertThat(rows).hasSizeBetween(60, 99);
        assertThat(found.getDouble("suggested_learning_rate")).isBetween(0.01, 0.2);
        assertThat(found.getDouble("steepest_learning_rate")).isBetween(1e-3, 1.0);
        assertThat(find("", BODY).jsonPath().<Object>get("points")).isEqualTo(found.get("points"));
    }

    @Test
    void takesTheRangeThatIsAskedFor() {
        find("?low=1e-5&high=1e-4&steps=10", BODY)
                .then()
                .statusCode(200)
                .body("ended", equalTo("steps"))
                .body("points.rows", hasSize(10))
                .body("points.rows[9][0]", equalTo(1e-4f));
    }

    @Test
    void refusesWhatItCannotTry() {
        find("?low=0&high=1e9&steps=2000", BODY)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-parameter"))
                .body("errors.parameter", containsInAnyOrder("low", "high", "steps"));
        find("?low=2&high=1", BODY)
                .then()
                .statusCode(422)
                .body("errors.detail", contains("must be > low, which is 2.0, but was 1.0"));
        find("?steps=many", BODY).then().statusCode(422).body("errors.parameter", contains("steps"));
        find("", "{\"dataset\":\"rates\",\"target\":\"z\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors.pointer", contains("#/target"));
        find("", BODY.replace("sgd", "lbfgs")).then().statusCode(422).body("errors.pointer", contains("#/optimizer"));
    }

    @Test
    void refusesRowsThatCannotBeLearnedFrom() {
        String csv = IntStream.range(0, 9_000)
                .mapToObj(i -> i + "," + (i == 300 ? "b" : "a"))
                .collect(Collectors.joining("\n", "x,kind\n", "\n"));
        upload("rates-hidden", csv);

        find("", "{\"dataset\":\"rates-hidden\",\"target\":\"kind\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors.pointer", contains("#/target"));
    }

    @Test
    void suggestsNothingWhereTheLossNeverFalls() {
        find("?low=100&high=1000&steps=10", BODY)
                .then()
                .statusCode(200)
                .body("ended", equalTo("diverged"))
                .body("suggested_learning_rate", nullValue());
    }

    private Response find(String query, String body) {
        return api().contentType("application/json").body(body).post("/training-jobs:find-learning-rate" + query);
    }
}
