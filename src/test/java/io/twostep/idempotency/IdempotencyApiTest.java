package io.twostep.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.twostep.web.LiveService;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdempotencyApiTest extends LiveService {

    private static final String TABLE = "size,kind\n1.5,a\n2.5,b\n3.5,a\n4.5,b\n";

    @Test
    void makesOneNetwork() {
        String body = "{\"name\":\"once-net\",\"layers\":[]}";

        Response first = keyed("net-1").body(body).post("/networks");
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        Response again = keyed("net-1").body(body).post("/networks");

        again.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", equalTo(first.header("Location")))
                .body(equalTo(first.asString()));
        api().contentType("application/json")
                .body(body)
                .post("/networks")
                .then()
                .statusCode(200);
        keyed("\"net-1\"").body(body).post("/networks").then().statusCode(201).header("Idempotency-Replayed", "true");
    }

    @Test
    void makesOneDataset() {
        Response first = upload("ds-1", TABLE, "");
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());

        upload("ds-1", TABLE, "")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", equalTo(first.header("Location")))
                .body(equalTo(first.asString()));
        conflicts(upload("ds-1", TABLE + "5,a\n", ""));
        conflicts(upload("ds-1", TABLE, "?name=other"));
        assertThat(upload("ds-2", TABLE, "").<String>path("id")).isNotEqualTo(first.<String>path("id"));
    }

    @Test
    void bindsAKeyToADatasetThatWasThere() {
        upload("there-1", TABLE, "?name=there").then().statusCode(201);

        upload("there-2", TABLE, "?name=there").then().statusCode(200).header("Idempotency-Replayed", nullValue());
        upload("there-2", TABLE, "?name=there").then().statusCode(200).header("Idempotency-Replayed", "true");
        conflicts(upload("there-2", TABLE + "5,a\n", "?name=there"));
    }

    @Test
    void makesOneDatasetOfAForm() {
        Response first = form(TABLE);
        first.then().statusCode(201);

        form(TABLE)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first.path("id")));
        conflicts(form(TABLE + "5,a\n"));
        conflicts(form("once-other.csv", TABLE));
    }

    @Test
    void makesOneTrainingJobAndOneScoringJob() {
        upload("jobs-1", TABLE, "?name=once-table").then().statusCode(201);
        String training = "{\"dataset\":\"once-table\",\"target\":\"kind\",\"epochs\":3,\"split\":{\"validation\":0}}";

        Response first = keyed("job-1").body(training).post("/training-jobs");
        first.then().statusCode(202).header("Idempotency-Replayed", nullValue());
        Response waited =
                keyed("job-1").header("Prefer", "wait=30").body(training).post("/training-jobs");
        waited.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", equalTo(first.header("Location")))
                .body("status", equalTo("succeeded"));
        keyed("job-1")
                .body(training)
                .post("/training-jobs")
                .then()
                .statusCode(202)
                .header("Location", equalTo(first.header("Location")))
                .body("status", equalTo("succeeded"));
        conflicts(keyed("job-1").body(training.replace("3", "4")).post("/training-jobs"));
        conflicts(keyed("job-1").body(training.replace(":3", ": 3")).post("/training-jobs"));

        String scoring = "{\"model\":\"once-table\",\"dataset\":\"once-table\"}";
        Response scored = keyed("job-1").body(scoring).post("/scoring-jobs");
        scored.then().statusCode(202).header("Idempotency-Replayed", nullValue());
        keyed("job-1")
                .body(scoring)
                .post("/scoring-jobs")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .header("Location", equalTo(scored.header("Location")));
        conflicts(keyed("job-1").body(scoring + " ").post("/scoring-jobs"));
    }

    @Test
    void bindsNoKeyToARequestThatFailed() {
        keyed("failed-1")
                .body("{\"name\":\"-\",\"layers\":[]}")
                .post("/networks")
                .then()
                .statusCode(422);
        keyed("failed-1").body("{").post("/networks").then().statusCode(400);

        keyed("failed-1")
                .body("{\"name\":\"failed\",\"layers\":[]}")
                .post("/networks")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue());
    }

    @Test
    void tellsThatAThingHasBeenDeletedSince() {
        String id = upload("deleted-1", TABLE, "").path("id");
        api().delete("/datasets/" + id).then().statusCode(204);

        upload("deleted-1", TABLE, "").then().statusCode(404).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void refusesWhatIsNoKey() {
        for (String key : List.of("\"\"", "two words", "k".repeat(256), "\"open")) {
            keyed(key)
                    .body("{\"name\":\"no-key\",\"layers\":[]}")
                    .post("/networks")
                    .then()
                    .statusCode(400)
                    .body("type", equalTo("urn:problem:invalid-header"))
                    .body("detail", startsWith("Idempotency-Key must be given once"));
        }
        api().get("/networks/no-key").then().statusCode(404);
    }

    @Test
    void makesOneThingOfManyRequestsAtOnce() throws Exception {
        int callers = 8;
        CyclicBarrier together = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Response> answers = new ArrayList<>();
        try {
            List<Future<Response>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    return upload("many-1", TABLE, "");
                }));
            }
            for (Future<Response> call : calls) {
                answers.add(call.get(30, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(new TreeSet<>(answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .map(answer -> answer.<String>path("id"))
                        .toList()))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .allSatisfy(answer ->
                        assertThat(answer.<String>path("type")).isEqualTo("urn:problem:idempotency-key-in-use"));
    }

    private static void conflicts(Response answer) {
        answer.then()
                .statusCode(422)
                .header("Idempotency-Replayed", nullValue())
                .body("type", equalTo("urn:problem:idempotency-conflict"))
                .body("detail", containsString("another body or query"));
    }

    private Response upload(String key, String table, String query) {
        return api().header("Idempotency-Key", key)
                .contentType("text/csv")
                .body(table)
                .post("/datasets" + query);
    }

    private Response form(String table) {
        return form("once-form.csv", table);
    }

    private Response form(String file, String table) {
        return api().header("Idempotency-Key", "form-1")
                .multiPart("file", file, table.getBytes(java.nio.charset.StandardCharsets.UTF_8), "text/csv")
                .post("/datasets");
    }

    private RequestSpecification keyed(String key) {
        return api().header("Idempotency-Key", key).contentType("application/json");
    }
}
