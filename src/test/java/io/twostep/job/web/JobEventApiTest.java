package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.twostep.job.TrainingJobs;
import io.twostep.job.web.EventClient.Event;
import io.twostep.training.EpochReport;
import io.twostep.web.LiveService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever runs the jobs, followers see their rows. */
@Tag("once")
class JobEventApiTest extends LiveService {

    @Autowired
    private TrainingJobs jobs;

    @Autowired
    private Followers followers;

    @Test
    void tellsAllOfAJobFromItsQueueToItsEnd() throws Exception {
        StoredJob job = new StoredJob(jobs);
        try (EventClient client = EventClient.follow(port(), job.id(), null)) {
            assertThat(client.response().headers().map())
                    .containsEntry("content-type", List.of("text/event-stream"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-accel-buffering", List.of("no"));
            Event queued = client.next();
            assertThat(queued.id()).isEqualTo("t1.e0");
            assertThat(queued.name()).isEqualTo("status");
            assertThat(queued.json().get("status").stringValue()).isEqualTo("queued");
            assertThat(queued.json().get("at")).isNotNull();

            job.start();
            Event running = client.next();
            assertThat(running.id()).isEqualTo("t2.e0");
            assertThat(running.json().get("status").stringValue()).isEqualTo("running");

            job.train(1, 3);
            Event epochs = client.next();
            assertThat(epochs.id()).isEqualTo("t2.e3");
            assertThat(epochs.name()).isEqualTo("epoch");
            assertThat(epochs.epochs()).containsExactly(1, 2, 3);
            assertThat(epochs.json().get("columns").get(1).stringValue()).isEqualTo("train_loss");
            assertThat(epochs.json().get("rows").get(1).get(1).doubleValue()).isEqualTo(0.5);

            job.train(4, 5);
            job.succeed();
            List<Event> rest = client.rest();
            Event end = rest.get(rest.size() - 1);
            assertThat(epochs(rest)).containsExactly(4, 5);
            assertThat(end.id()).isEqualTo("t3.e5");
            assertThat(end.name()).isEqualTo("end");
            assertThat(end.json().get("status").stringValue()).isEqualTo("succeeded");
            assertThat(end.json().get("stop_reason").stringValue()).isEqualTo("max_epochs");
            assertThat(end.json().get("model_version").intValue()).isEqualTo(1);
        }
        await().until(() -> followers.count() == 0);
    }

    @Test
    void beginsWithWhenToComeBack() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.succeed();
        String answer = api().get("/training-jobs/" + job.id() + "/events")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .extract()
                .asString();

        assertThat(answer).startsWith("retry: 3000\n\nid: t1.e0\nevent: status\ndata: {\"status\":\"queued\",");
    }

    /** From every event of a job the rest is the same as it was for who never left. */
    @Test
    void goesOnExactlyAfterTheLastEventThatWasSeen() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 6000);
        job.succeed();
        List<Event> whole = follow(job, null);
        assertThat(whole)
                .extracting(Event::id)
                .containsExactly("t1.e0", "t2.e0", "t2.e2500", "t2.e5000", "t2.e6000", "t3.e6000");
        assertThat(epochs(whole))
                .isEqualTo(IntStream.rangeClosed(1, 6000).boxed().toList());

        for (int seen = 1; seen < whole.size(); seen++) {
            assertThat(follow(job, whole.get(seen - 1).id())).isEqualTo(whole.subList(seen, whole.size()));
        }
        List<Event> inTheMiddle = follow(job, "t2.e777");
        assertThat(epochs(inTheMiddle))
                .isEqualTo(IntStream.rangeClosed(778, 6000).boxed().toList());
    }

    @Test
    void goesOnWhereItWasCutWhileTheJobRuns() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 10);
        String last;
        try (EventClient client = EventClient.follow(port(), job.id(), "t2.e0")) {
            last = client.next().id();
        }
        assertThat(last).isEqualTo("t2.e10");

        job.train(11, 20);
        try (EventClient client = EventClient.follow(port(), job.id(), last)) {
            assertThat(client.next().epochs())
                    .isEqualTo(IntStream.rangeClosed(11, 20).boxed().toList());
            job.succeed();
            assertThat(client.rest()).extracting(Event::id).containsExactly("t3.e20");
        }
    }

    /** Of two attempts each epoch is told once. */
    @Test
    void doesNotRepeatTheEpochsThatAnAttemptRepeats() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 10);
        try (EventClient client = EventClient.follow(port(), job.id(), "t2.e0")) {
            assertThat(client.next().epochs()).hasSize(10);
            job.loseWorker();
            assertThat(client.next().id()).isEqualTo("t3.e10");
            assertThat(client.next().id()).isEqualTo("t4.e10");
            job.train(1, 8);
            job.train(9, 12);
            job.succeed();
            List<Event> rest = client.rest();

            assertThat(epochs(rest)).containsExactly(11, 12);
            assertThat(rest.get(rest.size() - 1).id()).isEqualTo("t5.e12");
        }
    }

    @Test
    void hasNothingForWhoHasSeenTheEnd() {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 2);
        job.succeed();

        api().header("Last-Event-ID", "t3.e2")
                .get("/training-jobs/" + job.id() + "/events")
                .then()
                .statusCode(204);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        StoredJob job = new StoredJob(jobs);
        String path = "/training-jobs/" + job.id() + "/events";

        api().get("/training-jobs/job_none/events").then().statusCode(404).contentType("application/problem+json");
        for (String id : List.of("12", "t2.e0", "t1.e-1")) {
            api().header("Last-Event-ID", id)
                    .get(path)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:problem:invalid-header"))
                    .body("detail", containsString("\"" + id + "\""));
        }
        api().accept("application/json").get(path).then().statusCode(406);
        service().head("/api/v1" + path).then().statusCode(200).contentType("text/event-stream");
    }

    @Test
    void refusesOneFollowerTooMany() throws Exception {
        AtomicBoolean stay = new AtomicBoolean(true);
        StoredJob job = new StoredJob(jobs);
        String path = "/training-jobs/" + job.id() + "/events";
        await().until(() -> followers.count() == 0);
        for (int i = 0; i < 100; i++) {
            followers.add("192.0.2." + i % 2, () -> new Idle(stay));
        }

        api().get(path)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:problem:busy"));

        stay.set(false);
        await().until(() -> followers.count() == 0);
        job.start();
        job.succeed();
        api().get(path).then().statusCode(200);
    }

    /** It keeps nobody waiting, and is cut off in the end. */
    @Test
    void letsAReaderGoThatDoesNotRead() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.report(IntStream.rangeClosed(1, 30_000)
                .mapToObj(epoch ->
                        new EpochReport(epoch, Math.PI / epoch, Math.E / epoch, 1e-7 / 3, 1.0 / epoch, epoch / 7.0))
                .toList());
        await().until(() -> followers.count() == 0);
        try (Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(1024);
            lazy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            ask(lazy, job);
            await().until(() -> followers.count() == 1);

            try (EventClient client = EventClient.follow(port(), job.id(), "t2.e28500")) {
                assertThat(client.next().epochs()).hasSize(1500);
                await().atMost(Duration.ofSeconds(40)).until(() -> followers.count() == 1);
                job.succeed();
                assertThat(client.rest()).extracting(Event::name).containsExactly("end");
            }
        }
    }

    private static void ask(Socket socket, StoredJob job) throws IOException {
        socket.getOutputStream()
                .write(("GET /api/v1/training-jobs/" + job.id() + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Event> follow(StoredJob job, String lastEventId) throws Exception {
        try (EventClient client = EventClient.follow(port(), job.id(), lastEventId)) {
            return client.rest();
        }
    }

    private static List<Integer> epochs(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("epoch"))
                .flatMap(event -> event.epochs().stream())
                .toList();
    }

    private static final class Idle implements Followers.Follower {

        private final AtomicBoolean stay;

        Idle(AtomicBoolean stay) {
            this.stay = stay;
        }

        @Override
        public boolean look() {
            return stay.get();
        }

        @Override
        public void leave() {}
    }
}
