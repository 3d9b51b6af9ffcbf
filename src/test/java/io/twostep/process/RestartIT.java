package io.twostep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed and started again. */
@Tag("crash")
class RestartIT {

    @TempDir
    Path dataFolder;

    @Test
    void finishesRunningAndWaitingJobsAfterAKill() {
        String running;
        String waiting;
        List<String> datasets;
        try (ServiceProcess service = ServiceProcess.start(dataFolder, "-Dtwostep.job.checkpoint-interval=50ms")) {
            post(service, "network", "/networks", "{\"name\":\"mine\",\"layers\":[{\"type\":\"dense\",\"units\":8}]}");
            running = submit(service, 6000);
            waiting = submit(service, 5);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> job(service, running).getInt("epoch") > 500);
            assertThat(job(service, waiting).getString("status")).isEqualTo("queued");
            datasets = service.api().get("/datasets").jsonPath().getList("items.sha256");
            service.kill();
        }
        try (ServiceProcess service = ServiceProcess.start(dataFolder)) {
            assertThat(submit(service, 6000)).as("sent again with its key").isEqualTo(running);
            for (String id : List.of(running, waiting)) {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> job(service, id).getString("status"), "succeeded"::equals);
            }
            assertThat(job(service, running).getInt("attempt")).isEqualTo(2);
            assertThat(job(service, running).getInt("resumed_from_epoch")).isPositive();
            assertThat(job(service, running).<String>getList("transitions.status"))
                    .containsExactly("queued", "running", "queued", "running", "succeeded");
            assertThat(history(service, running)).hasSize(6000).doesNotHaveDuplicates();
            String calm = submit(service, "calm", 6000);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> job(service, calm).getString("status"), "succeeded"::equals);
            assertThat(weights(service, running)).isEqualTo(weights(service, calm));
            assertThat(losses(service, running)).isEqualTo(losses(service, calm));
            assertThat(service.api().get("/datasets").jsonPath().<String>getList("items.sha256"))
                    .isEqualTo(datasets)
                    .hasSize(3);
            assertThat(service.api().get("/networks/mine").statusCode()).isEqualTo(200);
            assertThat(service.api().get("/models/v/versions/2").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void goesOnWithASearchAfterAKill() {
        String search;
        List<String> begun;
        try (ServiceProcess service = ServiceProcess.start(dataFolder)) {
            search = search(service, "killed");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            service.api().get("/searches/" + search).jsonPath().getInt("trial_counts.succeeded") >= 2);
            begun = service.api().get("/searches/" + search).jsonPath().getList("trials.job");
            service.kill();
        }
        try (ServiceProcess service = ServiceProcess.start(dataFolder)) {
            assertThat(search(service, "killed")).as("sent again with its key").isEqualTo(search);
            JsonPath killed = ended(service, search);
            JsonPath calm = ended(service, search(service, "calm"));
            assertThat(killed.<String>getList("trials.job")).hasSize(6).containsAll(begun);
            assertThat(killed.<Object>getList("trials.collect { [it.number, it.metric, it.settings] }"))
                    .isEqualTo(calm.getList("trials.collect { [it.number, it.metric, it.settings] }"));
            assertThat(service.api().get("/models/killed/versions/1").jsonPath().getString("weights_sha256"))
                    .isEqualTo(service.api()
                            .get("/models/calm/versions/1")
                            .jsonPath()
                            .getString("weights_sha256"));
            assertThat(service.api().get("/models/killed/versions/2").statusCode())
                    .isEqualTo(404);
        }
    }

    private static String search(ServiceProcess service, String model) {
        String body = """
                {"job":{"dataset":"vshape","network":"hidden","target":"label","epochs":300,"optimizer":"adam","model":"%s"},
                 "method":{"type":"random","trials":6},
                 "space":{"/optimizer/learning_rate":{"type":"log_uniform","low":0.0001,"high":0.1}}}""";
        return post(service, model, "/searches", body.formatted(model)).getString("id");
    }

    private static JsonPath ended(ServiceProcess service, String id) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> service.api().get("/searches/" + id).jsonPath().getString("status"), "succeeded"::equals);
        return service.api().get("/searches/" + id).jsonPath();
    }

    @Test
    void reachesTheSameAccuracyWithTheNativeLibraryHidden() {
        double nativeAccuracy;
        try (ServiceProcess service = ServiceProcess.start(dataFolder.resolve("native"))) {
            nativeAccuracy = accuracy(service);
            assertThat(arithmetic(service)).contains("OpenBLAS");
        }
        try (ServiceProcess service = ServiceProcess.start(dataFolder.resolve("java"), "-Dtwostep.native-blas=false")) {
            assertThat(accuracy(service)).isCloseTo(nativeAccuracy, within(0.02));
            assertThat(arithmetic(service)).contains("plain Java");
        }
    }

    private static double accuracy(ServiceProcess service) {
        String id = submit(service, 200);
        await().atMost(Duration.ofSeconds(60)).until(() -> job(service, id).getString("status"), "succeeded"::equals);
        return service.api().get("/models/v").jsonPath().getDouble("metrics.validation.accuracy");
    }

    private static String arithmetic(ServiceProcess service) {
        return service.actuator().get("/health").jsonPath().getString("components.arithmetic.details.fast");
    }

    private static List<Integer> history(ServiceProcess service, String id) {
        JsonPath history = service.api()
                .queryParam("limit", 10_000)
                .get("/training-jobs/" + id + "/history")
                .jsonPath();
        return history.getList("rows.collect { it[0] }");
    }

    private static String weights(ServiceProcess service, String job) {
        String model = job(service, job).getString("links.model").substring("/api/v1".length());
        return service.api().get(model).jsonPath().getString("weights_sha256");
    }

    /** The whole loss history but the seconds that it took. */
    private static List<List<Number>> losses(ServiceProcess service, String id) {
        return service.api()
                .queryParam("limit", 10_000)
                .get("/training-jobs/" + id + "/history")
                .jsonPath()
                .getList("rows.collect { it.take(5) }");
    }

    private static String submit(ServiceProcess service, int epochs) {
        return submit(service, "train-" + epochs, epochs);
    }

    private static String submit(ServiceProcess service, String key, int epochs) {
        return post(
                        service,
                        key,
                        "/training-jobs",
                        ("{\"dataset\":\"vshape\",\"network\":\"hidden\",\"target\":\"label\",\"epochs\":%d,"
                                        + "\"model\":\"v\"}")
                                .formatted(epochs))
                .getString("id");
    }

    private static JsonPath post(ServiceProcess service, String key, String path, String body) {
        return service.api()
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300))
                .extract()
                .jsonPath();
    }

    private static JsonPath job(ServiceProcess service, String id) {
        return service.api().get("/training-jobs/" + id).jsonPath();
    }
}
