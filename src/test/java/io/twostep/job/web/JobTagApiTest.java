package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.restassured.response.Response;
import io.twostep.job.TrainingJobs;
import io.twostep.web.LiveService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class JobTagApiTest extends LiveService {

    @Autowired
    private TrainingJobs jobs;

    @Test
    void answersShortlyToWhoKnowsTheJob() {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 10);

        Response shown = show(job);
        shown.then().statusCode(200).header("ETag", matchesPattern("W/\"[0-9a-f]{32}\""));
        String tag = shown.header("ETag");
        for (String known : new String[] {tag, tag.substring(2), "\"other\", " + tag}) {
            api().header("If-None-Match", known)
                    .get(path(job))
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo(tag))
                    .body(equalTo(""));
        }
        api().header("If-None-Match", "\"other\"").get(path(job)).then().statusCode(200);
    }

    @Test
    void changesWithWhatIsShown() {
        StoredJob job = new StoredJob(jobs);
        String queued = show(job).header("ETag");
        job.start();
        String running = show(job).header("ETag");
        job.train(1, 2);
        String trained = show(job).header("ETag");
        job.succeed();
        String ended = show(job).header("ETag");

        assertThat(new String[] {queued, running, trained, ended}).doesNotHaveDuplicates();
        assertThat(show(job).header("ETag")).isEqualTo(ended);
        api().header("If-None-Match", queued).get(path(job)).then().statusCode(200);
    }

    @Test
    void doesNotChangeWithTheTimeThatIsLeft() {
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.train(1, 10);
        Response first = show(job);
        Float left = first.path("eta_seconds");

        await().until(() -> !left.equals(show(job).path("eta_seconds")));

        assertThat(show(job).header("ETag")).isEqualTo(first.header("ETag"));
    }

    /** Without a tag it would wait for the end. */
    @Test
    void waitsUntilThereIsNews() throws Exception {
        StoredJob job = new StoredJob(jobs);
        job.start();
        String known = show(job).header("ETag");
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() ->
                api().header("If-None-Match", known).header("Prefer", "wait=30").get(path(job)));
        job.train(1, 3);

        Response news = waiting.get(20, TimeUnit.SECONDS);
        news.then().statusCode(200).body("status", equalTo("running")).body("epoch", equalTo(3));
        api().header("If-None-Match", news.header("ETag"))
                .header("Prefer", "wait=1")
                .get(path(job))
                .then()
                .statusCode(304);
        api().header("If-None-Match", known)
                .header("Prefer", "wait=30")
                .get(path(job))
                .then()
                .statusCode(200);
    }

    private Response show(StoredJob job) {
        return api().get(path(job));
    }

    private static String path(StoredJob job) {
        return "/training-jobs/" + job.id();
    }
}
