package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.twostep.web.LiveService;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optimisers, schedules and clipping as a client asks for them. */
class OptimisationApiTest extends LiveService {

    @Test
    void trainsAsAskedAndTellsTheLearningRateOfEachEpoch() {
        String job = submit("/training-jobs", """
                        {"dataset":"penguins","target":"species","epochs":4,"model":"scheduled",
                         "optimizer":{"type":"adamw","learning_rate":0.01,"weight_decay":0.1},
                         "schedule":{"type":"step","every_epochs":2,"factor":0.5},
                         "clipping":{"type":"norm","most":0.25}}""")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("recipe.training.optimizer.type", equalTo("adamw"))
                .body("recipe.training.optimizer.amsgrad", equalTo(false))
                .body("recipe.training.schedule.factor", equalTo(0.5f))
                .body("recipe.training.clipping.most", equalTo(0.25f))
                .extract()
                .path("id");

        List<List<Number>> rows =
                api().get("/training-jobs/" + job + "/history").then().extract().path("rows");

        assertThat(rows).extracting(row -> row.get(3).floatValue()).containsExactly(0.01f, 0.01f, 0.005f, 0.005f);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(4).floatValue()).isLessThanOrEqualTo(0.250001f));
    }

    @Test
    void trainsByLbfgsUntilItHasConverged() {
        String job = submit("/training-jobs", """
                        {"dataset":"penguins","target":"species","epochs":400,"model":"quasi-newton",
                         "network":{"layers":[]},"regularization":{"l2":0.01},
                         "optimizer":{"type":"lbfgs","history":5}}""")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("stop_reason", equalTo("converged"))
                .body("stop_detail.tolerance", equalTo(1e-5f))
                .body("recipe.training.batch_size", equalTo(344))
                .body("recipe.training.optimizer.c2", equalTo(0.9f))
                .extract()
                .path("id");

        List<List<Number>> rows =
                api().get("/training-jobs/" + job + "/history").then().extract().path("rows");

        assertThat(rows).hasSizeLessThan(200);
        assertThat(rows.get(rows.size() - 1).get(4).doubleValue()).isLessThan(1e-4);
    }

    @Test
    void saysEverythingThatLbfgsCannotDoWith() {
        api().contentType("application/json")
                .body("""
                        {"dataset":"penguins","target":"species","optimizer":"lbfgs","batch_size":343,
                         "network":{"layers":[{"type":"dense","units":4},{"type":"dropout","rate":0.5}]},
                         "schedule":"cosine","clipping":"norm","regularization":{"l1":0.1,"max_norm":1}}""")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        contains(
                                "#/batch_size",
                                "#/network/layers/1",
                                "#/schedule",
                                "#/clipping",
                                "#/regularization/l1",
                                "#/regularization/max_norm"))
                .body("errors[0].detail", containsString("be >= the 344 rows of the dataset, but was 343"));
        api().contentType("application/json")
                .body("""
                        {"dataset":"penguins","target":"species","optimizer":"lbfgs","network":{"layers":[
                         {"type":"dense","units":4},{"type":"batch_normalization"},
                         {"type":"residual","layers":[{"type":"dense","units":4},{"type":"dropout","rate":0.5}]}]}}""")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/network/layers/1", "#/network/layers/2/layers/1"));
        api().contentType("application/json")
                .body("""
                        {"dataset":"penguins","target":"species",
                         "optimizer":{"type":"lbfgs","history":0,"c1":0.6,"c2":0,"tolerance":-1}}""")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        contains("#/optimizer/history", "#/optimizer/c1", "#/optimizer/c2", "#/optimizer/tolerance"));
    }

    /** Of 2 history + 3 copies of the network there may be too many where one is not. */
    @Test
    void refusesAMemoryThatDoesNotFit() {
        String network = "{\"layers\":[{\"type\":\"dense\",\"units\":2500},{\"type\":\"dense\",\"units\":2500}]}";
        String body = "{\"dataset\":\"penguins\",\"target\":\"species\",\"network\":" + network
                + ",\"optimizer\":{\"type\":\"lbfgs\",\"history\":100}}";

        api().contentType("application/json")
                .body(body)
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:job-too-large"));
    }

    @Test
    void saysWhatIsWrongWithASchedule() {
        api().contentType("application/json")
                .body("""
                        {"dataset":"penguins","target":"species",
                         "optimizer":{"type":"nadam","beta1":1},
                         "schedule":{"type":"warm_up","share":2,"then":{"type":"cosin"}},
                         "clipping":{"type":"norm","most":0}}""")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        contains("#/optimizer/beta1", "#/schedule/then/type", "#/schedule/share", "#/clipping/most"));
    }
}
