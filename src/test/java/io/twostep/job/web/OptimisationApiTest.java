package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.twostep.web.LiveService;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optimisers, schedules and clipping as a client asks for them. */
class OptimisationApiTest extends LiveService {

    @Test
    void trainsAsAskedAndTellsTheLearningRateOfEachEpoch() {
        String job = api().contentType("application/json")
                .header("Prefer", "wait=20")
                .body("""
                        {"dataset":"penguins","target":"species","epochs":4,"model":"scheduled",
                         "optimizer":{"type":"adamw","learning_rate":0.01,"weight_decay":0.1},
                         "schedule":{"type":"step","every_epochs":2,"factor":0.5},
                         "clipping":{"type":"norm","most":0.25}}""")
                .post("/training-jobs")
                .then()
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
