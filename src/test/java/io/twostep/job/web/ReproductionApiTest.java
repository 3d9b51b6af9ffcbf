package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that are made again from their recipes. */
class ReproductionApiTest extends LiveService {

    @Test
    void makesTheSameBitsAndPublishesNothing() {
        train("again", "\"epochs\":20,\"stop\":{\"patience\":5}").body("status", equalTo("succeeded"));

        reproduce("again", 1)
                .statusCode(201)
                .header("Location", startsWith("/api/v1/training-jobs/job_"))
                .body("status", equalTo("succeeded"))
                .body("model", equalTo("again"))
                .body("reproduces", equalTo(1))
                .body("identical", equalTo(true))
                .body("model_version", nullValue());
        api().get("/models/again/versions/2").then().statusCode(404);
    }

    @Test
    void comparesTheMetricThatIsWatched() {
        String job = train("watched-again", "\"epochs\":6,\"stop\":{\"metric\":\"accuracy\",\"patience\":3}")
                .body("status", equalTo("succeeded"))
                .extract()
                .path("id");

        List<List<Number>> rows =
                api().get("/training-jobs/" + job + "/history").then().extract().path("rows");
        List<List<Number>> few = api().get("/training-jobs/" + job + "/history?max_points=2")
                .then()
                .extract()
                .path("rows");

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(6).doubleValue()).isBetween(0.0, 1.0));
        assertThat(few).allSatisfy(row -> assertThat(row.get(6)).isNotNull());
        api().get("/training-jobs:compare?ids=" + job)
                .then()
                .body("jobs[0].history.columns[6]", equalTo("metric"))
                .body("jobs[0].history.rows[0][6]", equalTo(rows.get(0).get(6)));
        reproduce("watched-again", 1).body("identical", equalTo(true));
    }

    @Test
    void stopsAfterTheSameStepWhereTheClockEndedTheTraining() {
        train("timed", "\"epochs\":1000000,\"stop\":{\"max_runtime_seconds\":0.3}")
                .body("stop_reason", equalTo("max_runtime"));

        reproduce("timed", 1).body("stop_reason", equalTo("max_steps")).body("identical", equalTo(true));
    }

    @Test
    void stopsAfterSomeSteps() {
        train("steps", "\"epochs\":1000,\"stop\":{\"max_steps\":33}")
                .body("stop_reason", equalTo("max_steps"))
                .body("stop_detail.max_steps", equalTo(33.0f));
    }

    @Test
    void needsTheModelAndItsDataset() {
        api().queryParam("name", "passing")
                .contentType("text/csv")
                .body("x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n")
                .post("/datasets")
                .then()
                .statusCode(201);
        train("passing", "passing", "y", "\"epochs\":2").body("status", equalTo("succeeded"));
        api().delete("/datasets/passing").then().statusCode(204);

        reproduce("passing", 1).statusCode(422).body("type", equalTo("urn:problem:reference-not-found"));
        reproduce("passing", 7).statusCode(404);
        reproduce("nobody", 1).statusCode(404);
    }

    private ValidatableResponse train(String model, String more) {
        return train("vshape", model, "label", more);
    }

    private ValidatableResponse train(String dataset, String model, String target, String more) {
        return submit(
                        "/training-jobs",
                        "{\"dataset\":\"%s\",\"network\":\"hidden\",\"target\":\"%s\",\"model\":\"%s\",%s}"
                                .formatted(dataset, target, model, more))
                .statusCode(201);
    }

    private ValidatableResponse reproduce(String model, int version) {
        return api().header("Prefer", "wait=20")
                .post("/models/" + model + "/versions/" + version + "/reproduce")
                .then();
    }
}
