package io.twostep.crossvalidation.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cross-validations over a small table, as their users see them. */
class CrossValidationApiTest extends LiveService {

    private static final String JOB =
            "'dataset':'vshape','network':'hidden','target':'label','model':'never-published'";

    @Test
    void testsEachRowOnceAndPublishesNothing() {
        JsonPath found = validate(JOB + ",'epochs':3,'split':{'by':'stratified'}", "'folds':4", 201)
                .header("Location", matchesPattern("/api/v1/cross-validations/cv_[0-9A-Z]{26}"))
                .body("status", equalTo("succeeded"))
                .body("folds", equalTo(4))
                .body("results.fold", contains(1, 2, 3, 4))
                .body("results.status", everyItem(equalTo("succeeded")))
                .body("summary.accuracy.folds", equalTo(4))
                .extract()
                .jsonPath();

        int rows = api().get("/datasets/vshape").jsonPath().getInt("rows");
        assertThat(found.<Integer>getList("results.metrics.rows").stream()
                        .mapToInt(tested -> tested)
                        .sum())
                .isEqualTo(rows);
        double mean = found.<Float>getList("results.metrics.accuracy").stream()
                .mapToDouble(accuracy -> accuracy)
                .average()
                .orElseThrow();
        assertThat(found.getDouble("summary.accuracy.mean")).isCloseTo(mean, within(1e-6));
        api().get("/training-jobs/" + found.getString("results[1].job"))
                .then()
                .body("parent", equalTo(found.getString("id")))
                .body("model_version", nullValue())
                .body("recipe.split.by.type", equalTo("fold"))
                .body("recipe.split.by.fold", equalTo(2))
                .body("recipe.split.by.by", equalTo("stratified"))
                .body("metrics.test.accuracy", equalTo(found.get("results[1].metrics.accuracy")));
        api().get("/models/never-published").then().statusCode(404);
    }

    /** So that everybody can look closer at one of them. */
    @Test
    void trainsAsAJobWithTheRuleOfAFoldDoes() {
        JsonPath found =
                validate(JOB + ",'epochs':3", "'folds':2", 201).extract().jsonPath();

        submit(
                        "/training-jobs",
                        ("{" + JOB.replace("never-published", "second-fold")
                                        + ",'epochs':3,'split':{'validation':%s,'by':{'type':'fold','fold':2,'folds':2}}}"
                                                .formatted(found.getString("recipe.split.validation")))
                                .replace('\'', '"'))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        api().get("/models/second-fold")
                .then()
                .body("metrics.test.log_loss", equalTo(found.get("results[1].metrics.log_loss")));
    }

    @Test
    void failsWithTheFirstFoldThatDoes() {
        validate(
                        "'dataset':'vshape','network':'perceptron','target':'x','task':'regression','epochs':3,"
                                + "'optimizer':{'type':'sgd','learning_rate':1e6}",
                        "'folds':3",
                        201)
                .body("status", equalTo("failed"))
                .body("error.code", equalTo("training-diverged"))
                .body("error.detail", startsWith("Fold 1: In epoch"));
    }

    @Test
    void saysWhatIsWrong() {
        validate("'dataset':'vshape','target':'lable'", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/target"))
                .body("errors[0].detail", containsString("did you mean \"label\"?"));
        validate("'dataset':'vshape','target':'label','epochs':0", "'folds':21", 422)
                .body("errors.pointer", contains("#/job/epochs", "#/folds"));
        validate(JOB + ",'split':{'validation':0.1,'test':0.1}", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/split/test"));
        train("fold-start");
        validate(JOB + ",'warm_start':{'model':'fold-start'}", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/warm_start"));
        validate(JOB + ",'split':{'by':{'type':'time','column':'x'}}", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/split/by"));
        validate(JOB + ",'split':{'by':{'type':'fold','fold':4,'folds':3}}", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/split/by/fold"));
        validate(JOB + ",'split':{'test':0.1,'by':{'type':'fold','fold':1,'folds':3}}", "'folds':3", 422)
                .body("errors.pointer", contains("#/job/split/test"));
        validate(
                        JOB + ",'split':{'by':{'type':'fold','fold':1,'folds':3,'by':{'type':'group','column':'z'}}}",
                        "'folds':3",
                        422)
                .body("errors.pointer", contains("#/job/split/by/by/column"));
    }

    private void train(String model) {
        submit("/training-jobs", ("{" + JOB.replace("never-published", model) + ",'epochs':3}").replace('\'', '"'))
                .body("status", equalTo("succeeded"));
    }

    @Test
    void cancelsAllItsFolds() {
        String id = post("{'job':{" + JOB + ",'epochs':1000000}}", 202, "respond-async")
                .body("folds", equalTo(5))
                .extract()
                .path("id");
        String path = "/cross-validations/" + id;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api().get(path).jsonPath().getList("results").size() == 2);

        api().post(path + "/cancel").then().statusCode(200);
        JsonPath cancelled = api().header("Prefer", "wait=20")
                .get(path)
                .then()
                .body("status", equalTo("cancelled"))
                .body("results.status", everyItem(equalTo("cancelled")))
                .extract()
                .jsonPath();

        assertThat(cancelled.<String>getList("results.job")).hasSize(2);
        api().post("/cross-validations/cv_none/cancel").then().statusCode(404);
    }

    @Test
    void makesOneOfRequestsWithTheSameKey() {
        List<String> ids = IntStream.range(0, 2)
                .mapToObj(i -> api().contentType("application/json")
                        .header("Idempotency-Key", "a-cross-validation")
                        .header("Prefer", "wait=20")
                        .body(("{'job':{" + JOB + ",'epochs':1},'folds':2}").replace('\'', '"'))
                        .post("/cross-validations")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .toList();

        assertThat(ids).containsOnly(ids.get(0));
        api().get("/cross-validations?limit=1")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(ids.get(0)))
                .body("items[0]", not(hasKey("results")));
    }

    private ValidatableResponse validate(String job, String rest, int status) {
        return post("{'job':{" + job + "}," + rest + "}", status, "wait=30");
    }

    private ValidatableResponse post(String body, int status, String prefer) {
        return api().contentType("application/json")
                .header("Prefer", prefer)
                .body(body.replace('\'', '"'))
                .post("/cross-validations")
                .then()
                .statusCode(status);
    }
}
