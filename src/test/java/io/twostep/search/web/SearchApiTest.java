package io.twostep.search.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches over a small table, as their users see them. */
@Tag("once")
class SearchApiTest extends LiveService {

    private static final String JOB =
            "'dataset':'vshape','network':'hidden','target':'label','epochs':3,'optimizer':'adam'";
    private static final String RATES = "{'type':'log_uniform','low':0.0001,'high':0.1}";

    @Test
    void publishesTheBestOfSomeDrawnByChance() {
        ValidatableResponse search = search(
                        JOB + ",'model':'searched'",
                        "'method':{'type':'random','trials':4,'seed':3},'space':{'/optimizer/learning_rate':" + RATES
                                + ",'/batch_size':{'type':'int_uniform','low':8,'high':64}}",
                        201)
                .header("Location", matchesPattern("/api/v1/searches/search_[0-9A-Z]{26}"))
                .body("status", equalTo("succeeded"))
                .body("transitions.status", contains("queued", "running", "succeeded"))
                .body("trial_counts.planned", equalTo(4))
                .body("trial_counts.succeeded", equalTo(4))
                .body("trials.rank", contains(1, 2, 3, 4))
                .body("trials.rung", everyItem(equalTo(1)))
                .body("trials.settings.'/batch_size'", everyItem(notNullValue()))
                .body("metric", equalTo("loss"))
                .body("model", equalTo("searched"))
                .body("model_version", equalTo(1));
        JsonPath found = search.extract().jsonPath();
        assertThat(found.<Float>getList("trials.metric")).isSorted();
        assertThat(found.<Float>getList("trials.validation_loss")).isEqualTo(found.getList("trials.metric"));

        String trial = found.getString("trials[0].job");
        ValidatableResponse part = api().get("/training-jobs/" + trial)
                .then()
                .body("parent", equalTo(found.getString("id")))
                .body("model_version", nullValue())
                .body("metrics.validation.loss", equalTo(found.get("trials[0].metric")))
                .body("metrics.validation.perceptron", nullValue());
        Float rate = found.get("trials[0].settings.'/optimizer/learning_rate'");
        part.body("recipe.training.optimizer.learning_rate", equalTo(rate));
        api().get("/models/searched/versions/1")
                .then()
                .body("metrics.validation.loss", equalTo(found.get("trials[0].metric")))
                .body("metrics.validation.perceptron", notNullValue())
                .body("provenance.recipe.training.optimizer.learning_rate", equalTo(rate));
        api().get("/models/searched/versions/2").then().statusCode(404);
    }

    @Test
    void trainsTheBestOnTheValidationRowsTooIfItIsToldTo() {
        JsonPath found = search(
                        JOB + ",'split':{'validation':0.2,'test':0.25},'stop':{'patience':2},'model':'refitted'",
                        "'refit':true,'method':{'type':'random','trials':3,'seed':4},'space':{'/optimizer/learning_rate':"
                                + RATES + "}",
                        201)
                .body("status", equalTo("succeeded"))
                .body("refit", equalTo(true))
                .extract()
                .jsonPath();
        JsonPath part = api().get("/training-jobs/" + found.getString("trials[0].job"))
                .then()
                .body("recipe.refit", equalTo(false))
                .extract()
                .jsonPath();
        int best = part.getInt("best_epoch");
        int learned = part.getInt("metrics.training.rows") + part.getInt("metrics.validation.rows");
        int batch = part.getInt("recipe.training.batch_size");
        int steps = best * ((learned + batch - 1) / batch);
        api().get("/models/refitted/versions/1")
                .then()
                .body("provenance.recipe.refit", equalTo(true))
                .body("provenance.rows.training", equalTo(learned))
                .body("provenance.rows.validation", equalTo(0))
                .body("provenance.recipe.training.stop.max_steps", equalTo(steps))
                .body("provenance.epochs", equalTo(best))
                .body("metrics.validation", nullValue())
                .body("metrics.test.rows", equalTo(part.getInt("metrics.test.rows")));
        api().header("Prefer", "wait=20")
                .post("/models/refitted/versions/1/reproduce")
                .then()
                .body("identical", equalTo(true));
    }

    /** Half an epoch of 640 rows, and then of 800. */
    @Test
    void trainsTheBestForAsLongAMeasureOfEpochsAsItHad() {
        search(
                        JOB + ",'split':{'validation':0.2},'stop':{'max_steps':10},'model':'refitted-briefly'",
                        "'refit':true,'method':'grid','space':{'/optimizer/learning_rate':{'type':'choice','values':[0.01]}}",
                        201)
                .body("status", equalTo("succeeded"));
        api().get("/models/refitted-briefly/versions/1")
                .then()
                .body("provenance.rows.training", equalTo(800))
                .body("provenance.recipe.training.stop.max_steps", equalTo(13));
    }

    @Test
    void triesEveryCombinationOfAGrid() {
        search(
                        JOB.replace("'network':'hidden'", "'network':{'layers':[{'type':'dense','units':4}]}")
                                + ",'model':'gridded'",
                        "'method':'grid','metric':'accuracy',"
                                + "'space':{'/network/layers/0/units':{'type':'choice','values':[2,8]},"
                                + "'/network/layers/0/activation':{'type':'choice','values':['tanh',{'type':'relu'}]}}",
                        201)
                .body("status", equalTo("succeeded"))
                .body("method", equalTo("grid"))
                .body("trial_counts.succeeded", equalTo(4))
                .body("trials.settings.'/network/layers/0/units'.sort()", contains(2, 2, 8, 8))
                .body("trials.number.sort()", contains(1, 2, 3, 4))
                .body("links.model", equalTo("/api/v1/models/gridded/versions/1"));
    }

    @Test
    void ranksATrialThatDivergesLast() {
        search(
                        "'dataset':'vshape','network':'perceptron','target':'x','task':'regression','epochs':3,'optimizer':'sgd',"
                                + "'model':'leaping'",
                        "'method':'grid','space':{'/optimizer/learning_rate':{'type':'choice','values':[1e6,0.1]}}",
                        201)
                .body("status", equalTo("succeeded"))
                .body("trials.status", contains("succeeded", "failed"))
                .body("trials.number", contains(2, 1))
                .body("trials[1]", not(hasKey("rank")))
                .body("trials[1].error.code", equalTo("training-diverged"))
                .body("trial_counts.failed", equalTo(1));
    }

    @Test
    void letsFewerTrialsHaveMoreEpochs() {
        search(
                        JOB.replace("'epochs':3", "'epochs':4") + ",'model':'halved'",
                        "'method':{'type':'successive_halving','trials':4,'factor':2},'space':{'/optimizer/learning_rate':"
                                + RATES + "}",
                        201)
                .body("status", equalTo("succeeded"))
                .body("trials.epochs", contains(4, 2, 2, 1, 1, 1, 1))
                .body("trials.rung", contains(3, 2, 2, 1, 1, 1, 1))
                .body("trial_counts.planned", equalTo(7));
        api().get("/models/halved/versions/1").then().body("provenance.epochs", equalTo(4));
    }

    @Test
    void saysWhatIsWrongWithASpace() {
        refused("'/batch_size':{'type':'int_uniform','low':0,'high':8}", "#/space/~1batch_size", "but was 0");
        refused(
                "'/optimizer/learning_rat':" + RATES,
                "#/space/~1optimizer~1learning_rat",
                "there is no field \"learning_rat\" (did you mean \"learning_rate\"?)");
        refused(
                "'/network/layers/0/units':{'type':'choice','values':[2]}",
                "#/space/~1network~1layers~10~1units",
                "leads into a network that job only names");
        refused(
                "'/split/validation':{'type':'uniform','low':0.1,'high':0.2}",
                "#/space/~1split~1validation",
                "same rows");
        refused(
                "'/optimizer/learning_rate':{'type':'log_uniform','low':0,'high':1}",
                "#/space/~1optimizer~1learning_rate/low",
                "must be > 0");
        refused("'/epochs':{'type':'gaussian'}", "#/space", "must be one of uniform, log_uniform");
        refused(
                "'/encoding/columns/z/numeric':{'type':'choice','values':['log']}",
                "#/space/~1encoding~1columns~1z~1numeric",
                "/encoding/columns/z the dataset has no column \"z\"");
    }

    @Test
    void saysWhatAnAxisMisses() {
        search(
                        "'dataset':'vshape','target':'label'",
                        "'method':{'type':'random','trials':2},'space':{'/optimizer/learning_rate':" + RATES + "}",
                        422)
                .body("errors.pointer", contains("#/space/~1optimizer~1learning_rate"))
                .body("errors[0].detail", startsWith("/optimizer/type "));
    }

    @Test
    void saysWhatIsWrongWithTheJob() {
        String space = "'space':{'/batch_size':{'type':'choice','values':[4,8]}}";
        search("'dataset':'nothing','target':'label'", "'method':'grid'," + space, 422)
                .body("type", equalTo("urn:problem:reference-not-found"))
                .body("errors.pointer", contains("#/job/dataset"));
        search("'dataset':'vshape','target':'lable','epoch':3", "'method':'grid'," + space, 422)
                .body("errors.pointer", contains("#/job/epoch"));
        search("'dataset':'vshape','target':'lable'", "'method':'grid'," + space, 422)
                .body("errors.pointer", contains("#/job/target"))
                .body("errors[0].detail", containsString("did you mean \"label\"?"));
        search("'dataset':'vshape','target':'label','split':{'validation':0}", "'method':'grid'," + space, 422)
                .body("errors.pointer", contains("#/job/split"));
        search(JOB, "'method':'grid','metric':'rmse'," + space, 422)
                .body("errors.pointer", contains("#/metric"))
                .body("errors[0].detail", equalTo("rmse is no figure of the task classification"));
        search(JOB, "'method':'grid','space':{'/class_weights':{'type':'choice','values':['balanced',{'a':2}]}}", 422)
                .body("errors.pointer", contains("#/metric"));
        search(JOB, "'method':{'type':'successive_halving','trials':4,'min_epochs':4}," + space, 422)
                .body("errors.pointer", contains("#/method/min_epochs"));
        search(
                        JOB + ",'stop':{'patience':1,'min_epochs':2}",
                        "'method':{'type':'successive_halving','trials':4}," + space,
                        422)
                .body("errors.pointer", contains("#/method/min_epochs"))
                .body("errors[0].detail", containsString("stop.min_epochs"));
        search(JOB, "'method':{'type':'random','trials':501}," + space, 422)
                .body("errors.pointer", contains("#/method/trials"));
        search(
                        "'dataset':'vshape','target':'label','split':{'validation_dataset':'vnoise'}",
                        "'refit':true,'method':'grid'," + space,
                        422)
                .body("errors.pointer", contains("#/refit"));
        post("{'method':'grid'," + space + "}", 422).body("errors.pointer", contains("#/job"));
        post("{'job':7,'method':'grid'," + space + "}", 422).body("errors.pointer", contains("#/job"));
        post("{'job':{" + JOB + "},'method':'grid','space':{}}", 422).body("errors.pointer", contains("#/space"));
    }

    @Test
    void boundsItsBody() {
        String features =
                IntStream.range(0, 30_000).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(","));

        search(JOB + ",'features':[" + features + "]", "'method':'grid','space':{}", 413);
    }

    @Test
    void cancelsAllItsTrials() {
        JsonPath begun = post(
                        "{'job':{" + JOB.replace("'epochs':3", "'epochs':1000000")
                                + ",'model':'never-found'},'method':{'type':'random','trials':5},"
                                + "'space':{'/optimizer/learning_rate':" + RATES + "}}",
                        202,
                        "respond-async")
                .header("Retry-After", "2")
                .extract()
                .jsonPath();
        String path = "/searches/" + begun.getString("id");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api().get(path).jsonPath().getList("trials").size() == 2);

        api().post(path + "/cancel").then().statusCode(200);
        JsonPath cancelled = api().header("Prefer", "wait=20")
                .get(path)
                .then()
                .body("status", equalTo("cancelled"))
                .extract()
                .jsonPath();

        for (String job : cancelled.<String>getList("trials.job")) {
            api().get("/training-jobs/" + job).then().body("status", equalTo("cancelled"));
        }
        api().get("/models/never-found").then().statusCode(404);
        api().post(path + "/cancel").then().statusCode(200).body("status", equalTo("cancelled"));
        api().post("/searches/search_none/cancel").then().statusCode(404);
    }

    @Test
    void makesOneSearchOfRequestsWithTheSameKey() {
        String request = "{'job':{" + JOB + ",'model':'keyed-search'},'method':{'type':'random','trials':1},"
                + "'space':{'/optimizer/learning_rate':" + RATES + "}}";
        List<String> ids = IntStream.range(0, 2)
                .mapToObj(i -> api().contentType("application/json")
                        .header("Idempotency-Key", "a-search")
                        .header("Prefer", "wait=20")
                        .body(request.replace('\'', '"'))
                        .post("/searches")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .toList();

        assertThat(ids).containsOnly(ids.get(0));
        api().get("/searches?limit=1")
                .then()
                .statusCode(200)
                .body("items[0].id", startsWith("search_"))
                .body("items[0]", not(hasKey("trials")));
        api().post("/searches/" + ids.get(0) + "/cancel").then().statusCode(409);
    }

    /** As a training job does: it has a copy. */
    @Test
    void doesNotNeedItsNetworkAnyMore() {
        api().contentType("application/json")
                .body("{\"name\":\"searched-network\",\"layers\":[{\"type\":\"dense\",\"units\":5}]}")
                .post("/networks")
                .then()
                .statusCode(201);
        String id = post(
                        "{'job':{" + JOB.replace("'hidden'", "'searched-network'") + ",'model':'networkless'},"
                                + "'method':{'type':'random','trials':12},"
                                + "'space':{'/optimizer/learning_rate':" + RATES + "}}",
                        202,
                        "respond-async")
                .extract()
                .path("id");
        api().delete("/networks/searched-network").then().statusCode(204);

        api().header("Prefer", "wait=30")
                .get("/searches/" + id)
                .then()
                .body("status", equalTo("succeeded"))
                .body("trial_counts.succeeded", equalTo(12));
    }

    @Test
    void keepsItsDatasetFromBeingDeleted() {
        upload(
                        "searched-rows",
                        IntStream.range(0, 40)
                                .mapToObj(i -> i + "," + i % 2)
                                .collect(Collectors.joining("\n", "x,y\n", "\n")))
                .statusCode(201);
        String id = post(
                        "{'job':{'dataset':'searched-rows','target':'y','epochs':1000000},"
                                + "'method':{'type':'random','trials':5},"
                                + "'space':{'/batch_size':{'type':'int_uniform','low':1,'high':30}}}",
                        202,
                        "respond-async")
                .body("job.dataset", startsWith("ds_"))
                .extract()
                .path("id");

        api().delete("/datasets/searched-rows").then().statusCode(409);

        api().post("/searches/" + id + "/cancel").then().statusCode(200);
        api().header("Prefer", "wait=20").get("/searches/" + id).then().body("status", equalTo("cancelled"));
        api().delete("/datasets/searched-rows").then().statusCode(204);
    }

    private void refused(String space, String pointer, String detail) {
        search(JOB, "'method':{'type':'random','trials':3},'space':{" + space + "}", 422)
                .body("errors.pointer", hasItem(startsWith(pointer)))
                .body("errors.detail", hasItem(containsString(detail)))
                .body("errors", hasSize(1));
    }

    private ValidatableResponse search(String job, String rest, int status) {
        return post("{'job':{" + job + "}," + rest + "}", status);
    }

    private ValidatableResponse post(String body, int status) {
        return post(body, status, "wait=30");
    }

    private ValidatableResponse post(String body, int status, String prefer) {
        return api().contentType("application/json")
                .header("Prefer", prefer)
                .body(body.replace('\'', '"'))
                .post("/searches")
                .then()
                .statusCode(status);
    }
}
