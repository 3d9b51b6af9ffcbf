package io.twostep.memory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.twostep.dataset.Datasets;
import io.twostep.openapi.OpenApiFilter;
import io.twostep.web.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with a small budget, and two workers to share it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "twostep.samples=false",
            "twostep.memory.budget=64MB",
            "twostep.job.workers=2",
            "twostep.job.polling-interval=50ms",
            "twostep.job.flush-interval=50ms",
            "twostep.prediction.max-bytes=100MB"
        })
@DirtiesContext
class MemoryApiTest {

    /** With Adam's memory its weights take half of what jobs may have, and more. */
    private static final String LARGE = "[{\"type\":\"dense\",\"units\":1300},{\"type\":\"dense\",\"units\":1300}]";

    private static final String SMALL = "[{\"type\":\"dense\",\"units\":2}]";

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private MemoryBudget heap;

    @Autowired
    private Datasets datasets;

    private final List<Reservation> taken = new ArrayList<>();

    @DynamicPropertySource
    static void dataFolder(DynamicPropertyRegistry properties) {
        properties.add("twostep.data-dir", folder::toString);
    }

    @AfterEach
    void giveBack() {
        taken.forEach(Reservation::close);
    }

    @Test
    void refusesAJobThatCanNeverFit() {
        upload("never", 201);

        train("never", "[{\"type\":\"dense\",\"units\":3000},{\"type\":\"dense\",\"units\":3000}]", 5, "")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:job-too-large"))
                .body("detail", startsWith("The job needs 1"))
                .body(
                        "detail",
                        containsString("MB of memory, and jobs may take 48 MB of the 64 MB that twostep.memory.budget"
                                + " allows."));
        request().get("/training-jobs").then().body("items.findAll { it.dataset_name == 'never' }", hasSize(0));
    }

    @Test
    void runsTwoJobsOneAfterTheOtherThatDoNotFitTogether() {
        upload("both", 201);

        String first = accepted(train("both", LARGE, 1_000_000, ",\"stop\":{\"max_runtime_seconds\":3}"));
        awaitField(first, "phase", "training");
        String second = accepted(train("both", LARGE, 1, ""));
        awaitField(second, "phase", "awaiting_memory");
        job(first).then().body("status", equalTo("running"));

        awaitField(second, "status", "succeeded");
        job(first).then().body("status", equalTo("succeeded")).body("stop_reason", equalTo("max_runtime"));
        await().until(() -> heap.reserved() < 10 << 20);
    }

    @Test
    void endsAJobThatWaitsForMemory() {
        upload("ended", 201);
        String running = accepted(train("ended", LARGE, 1_000_000, ""));
        awaitField(running, "phase", "training");
        String waiting = accepted(train("ended", LARGE, 1, ""));
        awaitField(waiting, "phase", "awaiting_memory");

        request().post("/training-jobs/" + waiting + "/cancel").then().statusCode(200);
        awaitField(waiting, "status", "cancelled");
        job(running).then().body("status", equalTo("running"));
        request().post("/training-jobs/" + running + "/cancel").then().statusCode(200);
        awaitField(running, "status", "cancelled");
    }

    @Test
    void refusesPredictionsWhileTheMemoryIsTaken() {
        upload("taken", 201);
        awaitField(accepted(train("taken", SMALL, 1, "")), "status", "succeeded");
        String body = "{\"instances\":[{\"size\":1}]" + " ".repeat(1 << 20) + "}";
        predict("taken", body).then().statusCode(200);
        takeAll();

        predict("taken", body)
                .then()
                .statusCode(429)
                .header("Retry-After", "5")
                .body("type", equalTo("urn:problem:busy"))
                .body("detail", containsString("twostep.memory.budget"));

        giveBack();
        predict("taken", body).then().statusCode(200);
    }

    @Test
    void refusesPredictionsThatCanNeverFitBeforeTheyAreRead() throws IOException {
        upload("huge", 201);
        awaitField(accepted(train("huge", SMALL, 1, "")), "status", "succeeded");

        String answer = RawHttp.call(port, """
                POST /api/v1/models/huge/predictions HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 70000000
                Connection: close

                """);

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("urn:problem:request-too-large")
                .contains("The request needs 67 MB of memory, more than the 64 MB that twostep.memory.budget allows.");
    }

    @Test
    void letsModelsGoThatNobodyAsksBeforeItRefuses() {
        upload("idle", 201);
        awaitField(accepted(train("idle", LARGE, 1, "")), "status", "succeeded");
        await().until(() -> heap.reserved() < 10 << 20);
        predict("idle", "{\"instances\":[{\"size\":1}]}").then().statusCode(200);
        long withModel = heap.reserved();
        assertThat(withModel).isGreaterThan(4L * 1300 * 1300);

        taken.add(heap.reserve(heap.bytes() - withModel + 1_000_000));
        assertThat(heap.reserved()).isLessThanOrEqualTo(heap.bytes());
        giveBack();
        predict("idle", "{\"instances\":[{\"size\":1}]}").then().statusCode(200);
    }

    @Test
    void refusesUploadsWhileTheMemoryIsTaken() {
        takeAll();
        upload("heapless", 429);
        giveBack();
        upload("heapless", 201);
    }

    @Test
    void refusesUploadsWhileAsManyTablesAreOpenAsMay() {
        upload("looked-at", 201);
        for (int table = 0; table < 4; table++) {
            taken.add(datasets.reserve());
        }

        upload("tableless", 429);
        request().get("/datasets/looked-at/profile").then().statusCode(429);
        request().get("/datasets/looked-at/content").then().statusCode(429);
        request().get("/datasets/looked-at/rows").then().statusCode(200).body("rows", hasSize(4));

        giveBack();
        upload("tableless", 201);
        request().get("/datasets/looked-at/profile").then().statusCode(200);
    }

    /** To the last byte. */
    private void takeAll() {
        taken.add(heap.reserve(heap.bytes() - heap.reserved()));
    }

    private void upload(String name, int status) {
        request()
                .contentType("text/csv")
                .body("size,kind\n1.5,a\n2.5,b\n3.5,a\n4.5,b\n")
                .post("/datasets?name=" + name)
                .then()
                .statusCode(status);
    }

    private Response train(String dataset, String layers, int epochs, String more) {
        String body = "{\"dataset\":\"%s\",\"target\":\"kind\",\"epochs\":%d,\"network\":{\"layers\":%s}%s}"
                .formatted(dataset, epochs, layers, more);
        return request().contentType("application/json").body(body).post("/training-jobs");
    }

    private Response predict(String model, String body) {
        return request().contentType("application/json").body(body).post("/models/" + model + "/predictions");
    }

    private static String accepted(Response answer) {
        return answer.then().statusCode(202).extract().path("id");
    }

    private Response job(String id) {
        return request().get("/training-jobs/" + id);
    }

    private void awaitField(String id, String field, String value) {
        await(id + " with " + field + " " + value)
                .atMost(Duration.ofSeconds(60))
                .until(() -> value.equals(job(id).path(field)));
    }

    private RequestSpecification request() {
        return given().port(port).basePath("/api/v1").urlEncodingEnabled(false).filter(new OpenApiFilter());
    }
}
