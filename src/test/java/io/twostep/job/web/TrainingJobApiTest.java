package io.twostep.job.web;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.twostep.job.DrivenWork;
import io.twostep.job.DrivenWork.Run;
import io.twostep.job.JobPhase;
import io.twostep.job.JobQueue;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.openapi.OpenApiFilter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Jobs and models over HTTP, with a training that the test does by hand. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class TrainingJobApiTest {

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private JobQueue<JobSubmission, TrainingJob> queue;

    @Autowired
    private TrainingJobs jobs;

    @Autowired
    private DrivenWork work;

    @DynamicPropertySource
    static void dataFolder(DynamicPropertyRegistry properties) {
        properties.add("twostep.data-dir", folder::toString);
        properties.add("twostep.job.max-queued-per-caller", () -> 2);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class ByHand {

        @Bean
        @Primary
        DrivenWork work() {
            return new DrivenWork();
        }
    }

    @Test
    void acceptsAJobAndHoldsItsDataset() throws Exception {
        upload("flowers");
        String body = "{\"dataset\":\"flowers\",\"target\":\"kind\",\"epochs\":5}";

        Response accepted = request().contentType("application/json").body(body).post("/training-jobs");
        accepted.then()
                .statusCode(202)
                .header("Retry-After", "2")
                .header("Location", equalTo("/api/v1/training-jobs/" + accepted.path("id")))
                .body("max_epochs", equalTo(5))
                .body("model", equalTo("flowers"))
                .body("recipe.features", contains("size"));
        Run run = work.next();
        request().delete("/datasets/flowers").then().statusCode(409);

        run.succeed();
        request()
                .header("Prefer", "wait=20")
                .get("/training-jobs/" + accepted.path("id"))
                .then()
                .body("status", equalTo("succeeded"));
        request().delete("/datasets/flowers").then().statusCode(204);
    }

    @Test
    void answersWithTheFinishedJobIfTheClientWaits() throws Exception {
        upload("leaves");
        CompletableFuture<Void> training = CompletableFuture.runAsync(() -> {
            try {
                work.next().succeed();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        request()
                .contentType("application/json")
                .header("Prefer", "wait=20")
                .body("{\"dataset\":\"leaves\",\"target\":\"kind\"}")
                .post("/training-jobs")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=20")
                .header("Location", startsWith("/api/v1/training-jobs/job_"))
                .body("status", equalTo("succeeded"));
        training.join();
    }

    @Test
    void refusesAJobWithAllItsProblems() {
        request()
                .contentType("application/json")
                .body("{\"dataset\":\"nothing\",\"network\":\"none\",\"target\":\"kind\"}")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", contains("#/dataset", "#/network"));
    }

    @Test
    void showsAJobFromItsQueueToItsModel() throws Exception {
        TrainingJob job = queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = work.next();
        TrainingJob second = queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        request()
                .get("/training-jobs/" + second.id())
                .then()
                .statusCode(200)
                .header("Retry-After", "2")
                .body("status", equalTo("queued"))
                .body("queue_position", equalTo(0))
                .body("phase", nullValue());

        run.listener().phase(JobPhase.TRAINING);
        run.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        run.listener().epochFinished(TestJobs.report(2, null), 1);
        await().until(() -> queue.find(job.id()).progress().epoch() == 2);

        request()
                .get("/training-jobs/" + job.id())
                .then()
                .statusCode(200)
                .body("id", equalTo(job.id()))
                .body("status", equalTo("running"))
                .body("phase", equalTo("training"))
                .body("attempt", equalTo(1))
                .body("epoch", equalTo(2))
                .body("max_epochs", equalTo(100))
                .body("progress", equalTo(0.02f))
                .body("eta_seconds", notNullValue())
                .body("train_loss", equalTo(0.5f))
                .body("best_epoch", equalTo(1))
                .body("dataset", equalTo(TestJobs.DATASET))
                .body("network", equalTo("net_1"))
                .body("model", equalTo("penguins"))
                .body("seed", equalTo(7))
                .body("recipe.training.optimizer.type", equalTo("adam"))
                .body("links.cancel", equalTo("/api/v1/training-jobs/" + job.id() + "/cancel"))
                .body("transitions.status", contains("queued", "running"));

        run.succeed();
        request()
                .header("Prefer", "wait=20")
                .get("/training-jobs/" + job.id())
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .header("Retry-After", nullValue())
                .body("status", equalTo("succeeded"))
                .body("progress", equalTo(1.0f))
                .body("stop_reason", equalTo("max_epochs"))
                .body("stop_detail.max_epochs", equalTo(100.0f))
                .body("links.cancel", nullValue())
                .body("links.model", startsWith("/api/v1/models/penguins/versions/"));
        work.next().succeed();
    }

    @Test
    void showsTheHistoryAsRowsAndAsCsv() throws Exception {
        TrainingJob job = queue.submit(TestJobs.submission("history"), TestJobs.ALWAYS);
        Run run = work.next();
        run.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        run.listener().epochFinished(TestJobs.report(2, null), 1);
        run.listener().epochFinished(TestJobs.report(4, 0.125), 3);
        await().until(() -> jobs.history(job.id(), 0, 10).size() == 3);
        String path = "/training-jobs/" + job.id() + "/history";

        request()
                .queryParam("limit", 2)
                .get(path)
                .then()
                .statusCode(200)
                .body(
                        "columns",
                        contains(
                                "epoch",
                                "train_loss",
                                "validation_loss",
                                "learning_rate",
                                "grad_norm",
                                "seconds",
                                "metric"))
                .body("rows", hasSize(2))
                .body("rows[0]", contains(1, 1.0f, 0.5f, 0.001f, 2.5f, 0.25f, null))
                .body("rows[1][2]", nullValue())
                .body("next_after_epoch", equalTo(2))
                .body("complete", equalTo(false));
        request()
                .queryParam("after_epoch", 2)
                .get(path)
                .then()
                .body("rows", hasSize(1))
                .body("complete", equalTo(false));

        run.succeed();
        await().until(() -> queue.find(job.id()).status().isFinished());
        request()
                .queryParam("after_epoch", 4)
                .get(path)
                .then()
                .body("rows", hasSize(0))
                .body("next_after_epoch", equalTo(4))
                .body("complete", equalTo(true));
        request()
                .accept("text/csv")
                .get(path)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(equalTo("epoch,train_loss,validation_loss,learning_rate,grad_norm,seconds,metric\r\n"
                        + "1,1.0,0.5,0.001,2.5,0.25,\r\n2,0.5,,0.001,2.5,0.5,\r\n4,0.25,0.125,0.001,2.5,1.0,\r\n"));
    }

    @Test
    void cancelsOverHttp() throws Exception {
        TrainingJob job = queue.submit(TestJobs.submission("cancelled"), TestJobs.ALWAYS);
        Run run = work.next();
        String path = "/training-jobs/" + job.id() + "/cancel";

        request().post(path).then().statusCode(200).body("status", equalTo("cancelling"));
        run.stop();
        await().until(() -> queue.find(job.id()).status().isFinished());
        request().post(path).then().statusCode(200).body("status", equalTo("cancelled"));

        TrainingJob succeeded = queue.submit(TestJobs.submission("cancelled"), TestJobs.ALWAYS);
        work.next().succeed();
        await().until(() -> queue.find(succeeded.id()).status().isFinished());
        request()
                .post("/training-jobs/" + succeeded.id() + "/cancel")
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void pausesAndResumesOverHttp() throws Exception {
        TrainingJob job = queue.submit(TestJobs.submission("paused"), TestJobs.ALWAYS);
        Run run = work.next();
        String path = "/training-jobs/" + job.id();

        request().get(path).then().body("links.pause", equalTo("/api/v1" + path + "/pause"));
        request()
                .post(path + "/pause")
                .then()
                .statusCode(200)
                .body("status", equalTo("pausing"))
                .body("links.pause", nullValue());
        request()
                .post(path + "/resume")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:problem:job-state-conflict"))
                .body("detail", equalTo("The job " + job.id() + " is pausing and cannot be resumed."));
        run.stop();
        await().until(() -> queue.find(job.id()).status() == JobStatus.PAUSED);
        request()
                .post(path + "/pause")
                .then()
                .statusCode(200)
                .header("Retry-After", nullValue())
                .body("status", equalTo("paused"))
                .body("phase", nullValue())
                .body("queue_position", nullValue())
                .body("links.resume", equalTo("/api/v1" + path + "/resume"));
        request().post(path + "/resume").then().statusCode(200).body("status", equalTo("queued"));
        work.next().succeed();
        await().until(() -> queue.find(job.id()).status().isFinished());
        request().post(path + "/pause").then().statusCode(409);
        request().post(path + "/resume").then().statusCode(409);
        request().post("/training-jobs/job_none/pause").then().statusCode(404);
        request().post("/training-jobs/job_none/resume").then().statusCode(404);
    }

    @Test
    void refusesMoreThanAShareOfTheQueue() throws Exception {
        upload("crowded");
        String body = "{\"dataset\":\"crowded\",\"target\":\"kind\"}";
        post(body).then().statusCode(202);
        Run running = work.next();
        String second = post(body).then().statusCode(202).extract().path("id");
        String third = post(body).then().statusCode(202).extract().path("id");

        post(body)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:problem:queue-full"))
                .body(
                        "detail",
                        equalTo("2 jobs from this address wait, as many as twostep.job.max-queued-per-caller allows."));

        request().post("/training-jobs/" + second + "/cancel").then().statusCode(200);
        request().post("/training-jobs/" + third + "/cancel").then().statusCode(200);
        running.succeed();
    }

    @Test
    void tellsHowUrgentAJobIs() throws Exception {
        upload("urgent");
        String deadline = "2999-12-31T23:59:59.500Z";
        String urgent = post("{\"dataset\":\"urgent\",\"target\":\"kind\",\"priority\":100,\"deadline\":\"" + deadline
                        + "\"}")
                .then()
                .statusCode(202)
                .body("priority", equalTo(100))
                .body("deadline", equalTo(deadline))
                .extract()
                .path("id");
        work.next().succeed();
        request()
                .header("Prefer", "wait=20")
                .get("/training-jobs/" + urgent)
                .then()
                .body("priority", equalTo(100))
                .body("deadline", equalTo(deadline));

        post("{\"dataset\":\"urgent\",\"target\":\"kind\",\"deadline\":\"2020-01-01T00:00:00Z\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/deadline"))
                .body(
                        "errors.detail",
                        contains("must be in the future and before the year 10000 but was 2020-01-01T00:00:00Z"));
        post("{\"dataset\":\"urgent\",\"target\":\"kind\",\"priority\":101,\"deadline\":\"soon\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/deadline", "#/priority"))
                .body(
                        "errors.detail",
                        contains(
                                "must be a time such as \"2026-01-31T12:00:00Z\" but was \"soon\"",
                                "must be >= -100 and <= 100 but was 101"));
    }

    @Test
    void listsJobsInPages() throws Exception {
        TrainingJob first = queue.submit(TestJobs.submission("listed"), TestJobs.ALWAYS);
        TrainingJob second = queue.submit(TestJobs.submission("listed"), TestJobs.ALWAYS);

        String next = request()
                .queryParam("limit", 1)
                .get("/training-jobs")
                .then()
                .statusCode(200)
                .body("items.id", contains(second.id()))
                .extract()
                .path("next");
        request()
                .queryParam("limit", 1)
                .queryParam("after", next)
                .get("/training-jobs")
                .then()
                .body("items.id", contains(first.id()));
        work.next().succeed();
        work.next().succeed();
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        request().get("/training-jobs/job_none").then().statusCode(404).contentType("application/problem+json");
        request().get("/training-jobs/job_none/history").then().statusCode(404);
        request()
                .queryParam("limit", 0)
                .get("/training-jobs/job_none/history")
                .then()
                .statusCode(422);
        request()
                .queryParam("after_epoch", -1)
                .get("/training-jobs/job_none/history")
                .then()
                .statusCode(422);
        request().get("/models/none").then().statusCode(404);
        request().get("/models/none/versions").then().statusCode(404);
        request().get("/models/none/versions/1").then().statusCode(404);
    }

    @Test
    void showsModelsAndTheirVersions() throws Exception {
        for (int i = 0; i < 2; i++) {
            TrainingJob job = queue.submit(TestJobs.submission("shown"), TestJobs.ALWAYS);
            work.next().succeed();
            await().until(() -> queue.find(job.id()).status().isFinished());
        }

        request().get("/models").then().statusCode(200).body("items.name", hasItems("shown"));
        request()
                .queryParam("limit", 1)
                .get("/models/shown/versions")
                .then()
                .statusCode(200)
                .body("items.version", contains(2))
                .body("items[0].target", equalTo("species"))
                .body("next", equalTo("2"));
        request()
                .queryParam("after", "2")
                .get("/models/shown/versions")
                .then()
                .body("items.version", contains(1))
                .body("next", nullValue());
        request().get("/models/shown").then().statusCode(200).body("version", equalTo(2));
        request()
                .get("/models/shown/versions/1")
                .then()
                .statusCode(200)
                .body("name", equalTo("shown"))
                .body("version", equalTo(1))
                .body("network.layers", hasSize(2))
                .body("parameter_count", greaterThanOrEqualTo(1))
                .body("schema.target.labels", contains("Adelie", "Chinstrap", "Gentoo"))
                .body("metrics.training.accuracy", equalTo(0.99f))
                .body("provenance.recipe.target", equalTo("species"))
                .body("weights_sha256", not(equalTo("")))
                .body("links.job", startsWith("/api/v1/training-jobs/job_"));
    }

    private void upload(String name) {
        request()
                .contentType("text/csv")
                .body("size,kind\n1.5,a\n2.5,b\n3.5,a\n4.5,b\n")
                .post("/datasets?name=" + name)
                .then()
                .statusCode(201);
    }

    private Response post(String body) {
        return request().contentType("application/json").body(body).post("/training-jobs");
    }

    private RequestSpecification request() {
        return given().port(port).basePath("/api/v1").filter(new OpenApiFilter());
    }
}
