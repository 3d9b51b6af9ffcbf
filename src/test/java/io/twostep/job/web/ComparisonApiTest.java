package io.twostep.job.web;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.twostep.job.TrainingJobs;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ComparisonApiTest extends LiveService {

    @Autowired
    private TrainingJobs jobs;

    @Test
    void showsWhatJobsDifferInAndWhatCameOfThem() {
        upload("compared", "size,kind\n1.5,a\n2.5,b\n3.5,a\n4.5,b\n1.7,a\n2.2,b\n")
                .statusCode(201);
        String deep = train("\"epochs\":40,\"seed\":3,\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":4}]}");
        String flat = train("\"epochs\":5,\"seed\":3,\"network\":{\"layers\":[]}");

        api().get("/training-jobs:compare?ids=" + deep + "," + flat + "&max_points=10")
                .then()
                .statusCode(200)
                .body("jobs.id", contains(deep, flat))
                .body("jobs.status", contains("succeeded", "succeeded"))
                .body("jobs.epoch", contains(40, 5))
                .body("jobs.model_version", contains(1, 2))
                .body("jobs.metrics.training.rows", contains(6, 6))
                .body("jobs.history.downsampled", contains(true, false))
                .body("jobs[0].history.rows.size()", greaterThan(1))
                .body("jobs[1].history.rows", hasSize(5))
                .body("jobs[1].history.columns[1]", equalTo("train_loss"))
                .body("differences.find { it.pointer == '/training/epochs' }.values", contains(40, 5))
                .body("differences.find { it.pointer == '/network/layers/0/units' }.values", contains(4, null))
                .body("differences.find { it.pointer == '/training/seed' }", nullValue())
                .body("differences_not_shown", equalTo(0));
    }

    @Test
    void showsJobsThatHaveNotBegun() {
        String one = new StoredJob(jobs).id();
        String other = new StoredJob(jobs).id();

        api().get("/training-jobs:compare?ids=" + one + "," + other)
                .then()
                .statusCode(200)
                .body("jobs.status", contains("queued", "queued"))
                .body("jobs[0].metrics", nullValue())
                .body("jobs[0].history.rows", empty())
                .body("differences", empty());
        api().get("/training-jobs:compare?ids=" + one).then().statusCode(200).body("jobs.id", contains(one));
    }

    @Test
    void namesTheIdsThatCannotBeCompared() {
        String job = new StoredJob(jobs).id();

        api().get("/training-jobs:compare?ids=" + job + ",job_none," + job + ",")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-parameter"))
                .body("errors.parameter", contains("ids", "ids", "ids"))
                .body(
                        "errors.detail",
                        containsInAnyOrder(
                                "there is no training job \"job_none\"",
                                "names \"" + job + "\" twice",
                                "there is no training job \"\""));
        api().get("/training-jobs:compare").then().statusCode(422).body("errors.parameter", contains("ids"));
        String many = IntStream.range(0, 21).mapToObj(i -> job).collect(Collectors.joining(","));
        api().get("/training-jobs:compare?ids=" + many)
                .then()
                .statusCode(422)
                .body("errors.detail", contains(containsString("must be 1 to 20 ids of jobs but were 21")));
        for (String points : new String[] {"0", "1001"}) {
            api().get("/training-jobs:compare?max_points=" + points + "&ids=" + job)
                    .then()
                    .statusCode(422)
                    .body("errors.parameter", contains("max_points"));
        }
    }

    private String train(String more) {
        return submit(
                        "/training-jobs",
                        "{\"dataset\":\"compared\",\"target\":\"kind\",\"split\":{\"validation\":0}," + more + "}")
                .statusCode(201)
                .extract()
                .path("id");
    }
}
