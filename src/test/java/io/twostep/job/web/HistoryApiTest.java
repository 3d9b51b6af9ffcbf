package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJobs;
import io.twostep.training.EpochReport;
import io.twostep.web.LiveService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HistoryApiTest extends LiveService {

    @Autowired
    private TrainingJobs jobs;

    @Test
    void showsALongHistoryInFewRowsWithItsSpikes() {
        String path = path(job(25_000, 12_345));

        List<List<Number>> rows = api().queryParam("max_points", 100)
                .get(path)
                .then()
                .statusCode(200)
                .body("downsampled", equalTo(true))
                .body("next_after_epoch", equalTo(25_000))
                .body("complete", equalTo(true))
                .extract()
                .path("rows");
        assertThat(rows).hasSizeBetween(3, 100);
        assertThat(rows.get(0).get(0)).isEqualTo(1);
        assertThat(rows).anySatisfy(row -> assertThat(row).startsWith(12_345, 99.0f));
        assertThat(rows.get(rows.size() - 1).get(0)).isEqualTo(25_000);

        String csv = api().accept("text/csv")
                .queryParam("max_points", 100)
                .get(path)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(rows.size() + 1).anyMatch(line -> line.startsWith("12345,99.0,"));
    }

    @Test
    void showsAllRowsIfThereAreNoMore() {
        String path = path(job(10, 5));

        api().queryParam("max_points", 10)
                .get(path)
                .then()
                .body("rows", hasSize(10))
                .body("downsampled", equalTo(false));
        api().queryParam("max_points", 2)
                .get(path)
                .then()
                .body("rows.collect { it[0] }", contains(1, 10))
                .body("downsampled", equalTo(true));
        api().queryParam("max_points", 5)
                .queryParam("after_epoch", 5)
                .get(path)
                .then()
                .body("rows.collect { it[0] }", contains(6, 7, 8, 9, 10))
                .body("downsampled", equalTo(false));
        api().get(path).then().body("rows", hasSize(10)).body("downsampled", equalTo(false));
    }

    @Test
    void refusesWhatCannotBe() {
        String path = path(job(2, 1));

        for (String points : List.of("0", "10001", "-1", "x")) {
            api().queryParam("max_points", points)
                    .get(path)
                    .then()
                    .statusCode(422)
                    .body("errors.parameter", contains("max_points"));
        }
        api().queryParam("max_points", 5)
                .queryParam("limit", 5)
                .get(path)
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("must not be given beside limit"));
        api().queryParam("max_points", 0)
                .queryParam("after_epoch", -1)
                .get(path)
                .then()
                .statusCode(422)
                .body("errors.parameter", contains("after_epoch", "max_points"));
    }

    private StoredJob job(int epochs, int spike) {
        List<EpochReport> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            rows.add(epoch == spike ? new EpochReport(epoch, 99, 0.5, 0.001, 2.5, 1) : TestJobs.report(epoch, 0.5));
        }
        StoredJob job = new StoredJob(jobs);
        job.start();
        job.report(rows);
        job.succeed();
        return job;
    }

    private static String path(StoredJob job) {
        return "/training-jobs/" + job.id() + "/history";
    }
}
