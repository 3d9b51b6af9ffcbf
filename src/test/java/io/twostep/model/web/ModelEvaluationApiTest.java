package io.twostep.model.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a model tells of its evaluation, at length and in lists. */
@Tag("once")
class ModelEvaluationApiTest extends LiveService {

    private static final String DATASET = "judged-rows";

    /** {@code sort} is told by {@code x} mostly, {@code kind} by it wholly; {@code size} is twice as large. */
    @BeforeEach
    void upload() {
        String csv = IntStream.range(0, 300)
                .mapToObj(i -> {
                    int x = i * 37 % 300;
                    String sort = i % 11 == 0 ? "no" : x > 90 ? "yes" : "no";
                    return x + "," + sort + ",k" + x / 100 + "," + 2 * x;
                })
                .collect(Collectors.joining("\n", "x,sort,kind,size\n", "\n"));
        upload(DATASET, csv);
    }

    @Test
    void tellsOfTwoClasses() {
        train("judged-two", "sort");

        api().get("/models/judged-two")
                .then()
                .statusCode(200)
                .body("links.evaluation", equalTo("/api/v1/models/judged-two/versions/1/evaluation"))
                .body("metrics.training.roc_auc", greaterThan(0.8f))
                .body("metrics.training.roc_auc_within", equalTo(0.0f))
                .body("metrics.training.average_precision", notNullValue())
                .body("metrics.training.brier", notNullValue())
                .body("metrics.training.calibration_error", notNullValue())
                .body("metrics.validation.baseline.label", equalTo("yes"))
                .body("metrics.validation.baseline.log_loss", notNullValue())
                .body("metrics.validation.detail.classes.label", contains("no", "yes"))
                .body("metrics.validation.detail.classes[0]", not(hasKey("roc_auc")))
                .body("metrics.validation.detail.classes[1].roc_auc", notNullValue())
                .body("metrics.validation.detail.confusion", hasSize(2))
                .body("metrics.validation.detail.calibration", hasSize(10))
                .body("metrics.validation.detail", not(hasKey("curves")));
        JsonPath whole = api().get("/models/judged-two/versions/1/evaluation")
                .then()
                .statusCode(200)
                .body("training.detail.curves.label", contains("yes"))
                .body("training.detail.curves[0].roc.false_positive_rate[0]", equalTo(0.0f))
                .body("validation.detail.curves[0].precision_recall.thresholds", notNullValue())
                .extract()
                .jsonPath();
        api().get("/models/judged-two")
                .then()
                .body("metrics.validation.accuracy", equalTo(whole.get("validation.accuracy")))
                .body("metrics.validation.rows", equalTo(whole.get("validation.detail.classes.support.sum()")));
    }

    @Test
    void keepsListsShort() {
        String job = train("judged-list", "sort");

        api().get("/models/judged-list/versions")
                .then()
                .body("items[0].metrics.validation.baseline", notNullValue())
                .body("items[0].metrics.validation", not(hasKey("detail")));
        api().get("/training-jobs:compare?ids=" + job)
                .then()
                .body("jobs[0].metrics.validation.roc_auc", notNullValue())
                .body("jobs[0].metrics.validation", not(hasKey("detail")));
    }

    @Test
    void tellsOfMoreClasses() {
        train("judged-three", "kind");

        api().get("/models/judged-three/versions/1/evaluation")
                .then()
                .statusCode(200)
                .body("training.roc_auc", greaterThan(0.8f))
                .body("training.detail.curves.label", contains("k0", "k1", "k2"))
                .body("training.detail.classes.roc_auc", everyItem(notNullValue()))
                .body("training.detail.confusion", hasSize(3));
    }

    @Test
    void tellsOfNumbers() {
        train("judged-number", "size");

        api().get("/models/judged-number")
                .then()
                .statusCode(200)
                .body("metrics.training.zeros", notNullValue())
                .body("metrics.training.mape", notNullValue())
                .body("metrics.training.mean_residual", notNullValue())
                .body(
                        "metrics.training.residuals.counts.sum()",
                        equalTo(api().get("/models/judged-number").path("metrics.training.rows")))
                .body("metrics.training.baseline.rmse", greaterThan(100f))
                .body("metrics.training.baseline.r2.toDouble()", closeTo(0, 1e-9));
    }

    /** Size is twice x, and sort is mostly whether x is large. */
    @Test
    void standsBesideANetworkWithoutHiddenLayers() {
        train("judged-beside-line", "size");
        train("judged-beside-sort", "sort");

        api().get("/models/judged-beside-line")
                .then()
                .body("metrics.validation.perceptron.r2", greaterThan(0.99f))
                .body("metrics.validation.perceptron.mae", notNullValue())
                .body("metrics.training.perceptron.rmse", notNullValue());
        JsonPath sort = api().get("/models/judged-beside-sort/versions/1/evaluation")
                .then()
                .body("validation.perceptron.accuracy", notNullValue())
                .body("validation.perceptron.macro_f1", notNullValue())
                .extract()
                .jsonPath();
        assertThat(sort.getDouble("training.perceptron.log_loss"))
                .isLessThan(sort.getDouble("training.baseline.log_loss"));
    }

    @Test
    void hasNothingBesideANetworkThatHasNoHiddenLayersItself() {
        submit(
                        "/training-jobs",
                        "{\"dataset\":\"%s\",\"target\":\"size\",\"features\":[\"x\"],\"epochs\":5,\"model\":\"judged-alone\",\"network\":{\"layers\":[]}}"
                                .formatted(DATASET))
                .statusCode(201);

        api().get("/models/judged-alone")
                .then()
                .body("metrics.training.baseline", notNullValue())
                .body("metrics.training", not(hasKey("perceptron")));
    }

    @Test
    void knowsNoEvaluationOfAModelThatIsNotThere() {
        api().get("/models/judged-nobody/versions/1/evaluation").then().statusCode(404);
    }

    /** The id of the job. */
    private String train(String name, String target) {
        return submit(
                        "/training-jobs",
                        "{\"dataset\":\"%s\",\"target\":\"%s\",\"features\":[\"x\"],\"epochs\":40,\"model\":\"%s\"}"
                                .formatted(DATASET, target, name))
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("error", nullValue())
                .extract()
                .path("id");
    }
}
