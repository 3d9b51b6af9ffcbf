package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that are ended by a figure that is not the loss. */
class StoppingMetricApiTest extends LiveService {

    @BeforeEach
    void upload() {
        String csv = IntStream.range(0, 300)
                .mapToObj(i -> i % 29 + "," + i * 7 % 31 + ","
                        + (i * 7 % 31 > i % 29 ? "up" : i % 5 == 0 ? "odd" : "down") + "," + (i % 29 * 1.5 - i % 7))
                .collect(Collectors.joining("\n", "a,b,kind,size\n", "\n"));
        upload("stopped", csv);
    }

    /** The weights that are kept are those of the epoch whose figure was best, so that they are judged alike. */
    @ParameterizedTest
    @CsvSource({
        "kind, accuracy, accuracy",
        "kind, balanced_accuracy, balanced_accuracy",
        "kind, macro_f1, macro_f1",
        "size, r2, r2",
        "size, rmse, rmse",
        "size, mae, mae"
    })
    void keepsTheEpochWithTheBestFigure(String target, String metric, String figure) {
        JsonPath job = train(
                        target,
                        "\"epochs\":200,\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.02},\"stop\":{\"metric\":\""
                                + metric + "\",\"patience\":4}")
                .then()
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("stop_reason", equalTo("early_stopped"))
                .body("recipe.training.stop.metric", equalTo(metric))
                .extract()
                .jsonPath();

        String model = job.getString("links.model").substring("/api/v1".length());
        double judged = api().get(model + "/evaluation").jsonPath().getDouble("validation." + figure);
        assertThat(job.getDouble("stop_detail.best_validation_" + metric))
                .isCloseTo(judged, within(1e-4 * Math.max(1, Math.abs(judged))));
        assertThat(job.getInt("epoch")).isEqualTo(job.getInt("best_epoch") + 4);
    }

    @Test
    void saysWhichFiguresThereAre() {
        train("kind", "\"stop\":{\"metric\":\"rmse\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/stop/metric"))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "must be loss, accuracy, balanced_accuracy, macro_f1 where the target is a class but was rmse"));
        train("size", "\"stop\":{\"metric\":\"r3\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/stop/metric"))
                .body("errors[0].detail", containsString("must be one of"));
        train("kind", "\"split\":{\"validation\":0,\"test\":0.2},\"stop\":{\"metric\":\"accuracy\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/stop/metric"))
                .body(
                        "errors[0].detail",
                        equalTo("must be loss where split leaves no row for validation, but was accuracy"));
        train("kind", "\"stop\":{\"metric\":\"accuracy\",\"target_loss\":0.1}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/stop/target_loss"));
    }

    private Response train(String target, String more) {
        return api().contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"dataset\":\"stopped\",\"target\":\"" + target + "\",\"exclude\":[\""
                        + (target.equals("kind") ? "size" : "kind") + "\"]," + more + "}")
                .post("/training-jobs");
    }
}
