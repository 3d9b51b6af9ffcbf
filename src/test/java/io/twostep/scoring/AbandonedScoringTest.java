package io.twostep.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
import io.twostep.storage.Ids;
import io.twostep.web.LiveService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs that another process left behind, which has died. */
class AbandonedScoringTest extends LiveService {

    @Autowired
    private ScoringJobs jobs;

    @Autowired
    private JdbcClient sql;

    @Test
    void runsAJobAgainWhoseWorkerDied() {
        ScoringJob queued = queued("left-running");
        ScoringJob running = queued.started(now());
        jobs.add(queued);
        jobs.claim(queued, running);
        place(running, "somebody");

        ScoringJob ended = awaitEnd(running);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(ended.progress().rowsDone()).isEqualTo(30);
        assertThat(ended.transitions())
                .extracting(JobTransition::status)
                .containsExactly(
                        JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        api().get("/datasets/left-running-scored").then().statusCode(200).body("rows", equalTo(30));
    }

    @Test
    void endsAJobThatWasToBeCancelledWhenItsWorkerDied() {
        ScoringJob queued = queued("left-cancelling");
        ScoringJob running = queued.started(now());
        ScoringJob cancelling = running.cancelRequested(now());
        jobs.add(queued);
        jobs.claim(queued, running);
        jobs.replace(running, cancelling);
        place(cancelling, "somebody");

        assertThat(awaitEnd(cancelling).status()).isEqualTo(JobStatus.CANCELLED);
        api().get("/datasets/left-cancelling-scored").then().statusCode(404);
    }

    @Test
    void failsWhereTheNameOfItsResultWasTakenMeanwhile() {
        ScoringJob queued = queued("late");
        jobs.add(queued);
        upload("late-scored", "a\n1\n").statusCode(201);
        place(queued, "somebody");

        ScoringJob ended = awaitEnd(queued);

        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(Objects.requireNonNull(ended.error()).code()).isEqualTo("name-taken");
        api().get("/datasets/late-scored").then().statusCode(200).body("rows", equalTo(1));
    }

    @Test
    void holdsItsDatasetUntilItHasEnded() {
        ScoringJob queued = queued("held");
        jobs.add(queued);

        api().delete("/datasets/held").then().statusCode(409).body("type", equalTo("urn:problem:dataset-in-use"));
        api().contentType("application/json")
                .body("{\"model\":\"held\",\"dataset\":\"held\",\"result\":\"held-scored\"}")
                .post("/scoring-jobs")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:problem:name-taken"));

        api().post("/scoring-jobs/" + queued.id() + "/cancel")
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"));
        api().delete("/datasets/held").then().statusCode(204);
    }

    private ScoringJob awaitEnd(ScoringJob job) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> jobs.find(job.id()).orElseThrow().status().isFinished());
        return jobs.find(job.id()).orElseThrow();
    }

    /** A job that wants the dataset and the model of that name, which it makes. */
    private ScoringJob queued(String name) {
        String csv = IntStream.range(0, 30)
                .mapToObj(i -> i + "," + i * 0.5)
                .collect(Collectors.joining("\n", "size,price\n", "\n"));
        upload(name, csv).statusCode(201);
        submit("/training-jobs", "{\"dataset\":\"" + name + "\",\"target\":\"price\",\"epochs\":1}")
                .statusCode(201);
        String dataset = api().get("/datasets/" + name).path("id");
        ScoringSubmission submission =
                new ScoringSubmission(name, 1, dataset, "ab".repeat(32), 30, name + "-scored", List.of("size"), "");
        return ScoringJob.queued(Ids.next("job"), submission, now());
    }

    private void place(ScoringJob job, String worker) {
        sql.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                    last_heartbeat, version)
                values ('score', :id, :due, true, :worker, :heartbeat, 2)""")
                .param("id", job.id())
                .param("due", now().minusSeconds(70).atOffset(ZoneOffset.UTC))
                .param("worker", worker)
                .param("heartbeat", now().minusSeconds(60).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
