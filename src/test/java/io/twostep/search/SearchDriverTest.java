package io.twostep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twostep.job.DrivenWork;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.Outcome;
import io.twostep.job.SearchNode;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJob;
import io.twostep.model.Evaluations;
import io.twostep.model.NewModel;
import io.twostep.model.TestModels;
import io.twostep.storage.TestDatabase;
import io.twostep.training.ClassEvaluation;
import io.twostep.training.Evaluation;
import io.twostep.training.Metric;
import io.twostep.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches whose trials come out as the tests want it. */
@Tag("once")
class SearchDriverTest {

    private static final String GRID = """
            {"job":{"dataset":"t","target":"y","epochs":9,"optimizer":"adam","split":{"validation":0.2},"model":"best"},
             "method":"grid",
             "space":{"/optimizer/learning_rate":{"type":"choice","values":[0.5,0.25,0.125]}}}""";

    private static final JobError DIVERGED = new JobError("training-diverged", "It leapt.");

    @TempDir
    Path folder;

    private DataSource database;
    private SearchNode node;

    @BeforeEach
    void open() {
        database = TestDatabase.H2.migrated();
        node = new SearchNode(database, folder.resolve("first"), 1);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void publishesTheBestOfItsTrialsAgain() throws Exception {
        String id = submit(GRID);

        trained(node.work().next(), 0.3);
        trained(node.work().next(), 0.1);
        trained(node.work().next(), 0.2);
        DrivenWork.Run publishing = node.work().next();
        TrainingJob best = node.job(trial(id, 1).trial().jobId());
        assertThat(publishing.job().submission()).isEqualTo(alone(best));
        publishing.succeed();

        Search ended = ended(id, JobStatus.SUCCEEDED);
        assertThat(ended.modelVersion()).isOne();
        assertThat(ended.publishingJob()).isEqualTo(publishing.job().id());
        assertThat(losses(id)).containsExactly(0.1, 0.2, 0.3);
        assertThat(node.jobs()).hasSize(4);
    }

    @Test
    void ranksWhatFailedLast() throws Exception {
        String id = submit(GRID);

        node.work().next().outcome().complete(new Outcome.Failed(null, DIVERGED));
        trained(node.work().next(), 0.3);
        trained(node.work().next(), 0.2);
        node.work().next().succeed();

        ended(id, JobStatus.SUCCEEDED);
        assertThat(losses(id)).containsExactly(0.2, 0.3, null);
        assertThat(board(id).results().get(2).error(Metric.LOSS)).isEqualTo(DIVERGED);
    }

    @Test
    void failsWhereNoTrialSucceeds() throws Exception {
        String id = submit(GRID);

        for (int i = 0; i < 3; i++) {
            node.work().next().outcome().complete(new Outcome.Failed(null, DIVERGED));
        }

        assertThat(ended(id, JobStatus.FAILED).error().code()).isEqualTo("no-trial-succeeded");
        assertThat(node.jobs()).hasSize(3);
    }

    @Test
    void failsAsItsPublicationDoes() throws Exception {
        String id = submit(GRID);
        for (int i = 0; i < 3; i++) {
            trained(node.work().next(), 0.3);
        }

        node.work().next().outcome().complete(new Outcome.Failed(null, DIVERGED));

        assertThat(ended(id, JobStatus.FAILED).error()).isEqualTo(DIVERGED);
    }

    @Test
    void hasFewTrialsWaitAtATime() throws Exception {
        submit(GRID);

        DrivenWork.Run first = node.work().next();

        assertThat(node.jobs()).hasSizeLessThanOrEqualTo(2);
        trained(first, 0.1);
        trained(node.work().next(), 0.1);
        trained(node.work().next(), 0.1);
        node.work().next().succeed();
    }

    @Test
    void cancelsWhatRunsAndWhatWaits() throws Exception {
        String id = submit(GRID);
        DrivenWork.Run running = node.work().next();

        assertThat(desk().cancel(id).status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(running.listener().cancelled()).isTrue();
        running.stop();

        ended(id, JobStatus.CANCELLED);
        assertThat(node.jobs()).isNotEmpty().allMatch(job -> job.status() == JobStatus.CANCELLED);
        assertThat(desk().cancel(id).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void cancelsItsPublication() throws Exception {
        String id = submit(GRID);
        for (int i = 0; i < 3; i++) {
            trained(node.work().next(), 0.3);
        }
        DrivenWork.Run publishing = node.work().next();

        desk().cancel(id);
        assertThat(publishing.listener().cancelled()).isTrue();
        publishing.stop();

        assertThat(ended(id, JobStatus.CANCELLED).modelVersion()).isNull();
    }

    /** The trial that ran is begun again by the next process, and no other. */
    @Test
    void goesOnAfterARestartWhereItWas() throws Exception {
        String id = submit(GRID);
        trained(node.work().next(), 0.1);
        DrivenWork.Run running = node.work().next();
        List<String> before = node.jobs().stream().map(TrainingJob::id).toList();
        var closing = new Thread(node::close);
        closing.start();
        await().until(running.listener()::cancelled);
        running.stop();
        closing.join();

        node = new SearchNode(database, folder.resolve("second"), 1);
        DrivenWork.Run again = node.work().next();
        assertThat(again.job().id()).isEqualTo(running.job().id());
        trained(again, 0.3);
        trained(node.work().next(), 0.2);
        DrivenWork.Run publishing = node.work().next();
        assertThat(publishing.job().submission())
                .isEqualTo(alone(node.job(trial(id, 0).trial().jobId())));
        publishing.succeed();

        ended(id, JobStatus.SUCCEEDED);
        assertThat(losses(id)).containsExactly(0.1, 0.2, 0.3);
        assertThat(node.jobs()).hasSize(4).extracting(TrainingJob::id).containsAll(before);
    }

    @Test
    void givesTheBestMoreEpochs() throws Exception {
        String id = submit(
                GRID.replace("\"grid\"", "{\"type\":\"successive_halving\",\"trials\":4,\"factor\":2,\"min_epochs\":2}")
                        .replace(
                                "\"type\":\"choice\",\"values\":[0.5,0.25,0.125]",
                                "\"type\":\"uniform\",\"low\":0.1,\"high\":1"));

        Map<Integer, Double> losses = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            DrivenWork.Run run = node.work().next();
            assertThat(epochs(run)).isEqualTo(2);
            losses.put(i, List.of(0.4, 0.1, 0.3, 0.2).get(i));
            trained(run, losses.get(i));
        }
        for (int i = 0; i < 2; i++) {
            DrivenWork.Run run = node.work().next();
            assertThat(epochs(run)).isEqualTo(4);
            trained(run, i == 0 ? 0.09 : 0.05);
        }
        DrivenWork.Run last = node.work().next();
        assertThat(epochs(last)).isEqualTo(9);
        trained(last, 0.5);
        DrivenWork.Run publishing = node.work().next();
        assertThat(epochs(publishing)).isEqualTo(9);
        publishing.succeed();

        ended(id, JobStatus.SUCCEEDED);
        List<Result> results = board(id).results();
        assertThat(results).extracting(result -> result.trial().rung()).containsExactly(2, 1, 1, 0, 0, 0, 0);
        assertThat(results).extracting(result -> result.trial().number()).containsExactly(3, 3, 1, 1, 3, 2, 0);
    }

    /** A trial may take no longer than the search; its deadline ends it, whatever the workers are busy with. */
    @Test
    void publishesTheBestOfWhatIsDoneWhenItsTimeIsOver() throws Exception {
        String id = submit(GRID.replaceFirst("\"method\"", "\"budget\":{\"max_seconds\":6},\"method\"")
                .replace("0.125]", "0.125,0.1,0.2,0.3]")
                .replace("\"target\"", "\"deadline\":\"2999-01-01T00:00:00Z\",\"target\""));
        trained(node.work().next(), 0.3);

        DrivenWork.Run late = node.work().next();
        assertThat(late.job().deadline()).isEqualTo(node.find(id).startedAt().plusSeconds(6));
        await().atMost(Duration.ofSeconds(20)).until(late.listener()::cancelled);
        late.stop();
        DrivenWork.Run publishing = node.work().next();
        assertThat(publishing.job().deadline()).isEqualTo(Instant.parse("2999-01-01T00:00:00Z"));
        publishing.succeed();

        ended(id, JobStatus.SUCCEEDED);
        assertThat(losses(id).get(0)).isEqualTo(0.3);
        assertThat(losses(id)).as("trials that began").hasSizeLessThanOrEqualTo(3);
    }

    /** Steps go before trainings: many searches must not keep the workers busy with them. */
    @Test
    void letsSomeSearchesRunAndOthersWait() throws Exception {
        submit(GRID);
        DrivenWork.Run busy = node.work().next();
        List<String> others = Stream.generate(() -> submit(GRID))
                .limit(SearchDriver.MOST_RUNNING)
                .toList();
        SearchDriver driver = node.bean(SearchDriver.class);
        String last = others.get(others.size() - 1);

        assertThat(driver.step(last)).contains(Duration.ofSeconds(5));
        others.forEach(driver::hurry);

        assertThat(others.subList(0, others.size() - 1))
                .allMatch(id -> node.find(id).status() == JobStatus.RUNNING);
        assertThat(node.find(last).status()).isEqualTo(JobStatus.QUEUED);
        desk().cancel(others.get(0));
        driver.hurry(last);
        assertThat(node.find(last).status()).isEqualTo(JobStatus.RUNNING);
        others.forEach(desk()::cancel);
        busy.outcome().complete(new Outcome.Failed(null, DIVERGED));
        node.work().next().outcome().complete(new Outcome.Failed(null, DIVERGED));
        node.work().next().outcome().complete(new Outcome.Failed(null, DIVERGED));
    }

    private SearchDesk desk() {
        return node.bean(SearchDesk.class);
    }

    private String submit(String request) {
        return desk().submit(Json.mapper().readValue(request, SearchRequest.class), "192.0.2.1", search -> {})
                .id();
    }

    private Search ended(String id, JobStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> node.find(id).status() == status);
        return node.find(id);
    }

    private Leaderboard board(String id) {
        return node.bean(Scoreboard.class).of(node.find(id));
    }

    private Result trial(String id, int number) {
        return board(id).results().stream()
                .filter(result -> result.trial().number() == number)
                .findFirst()
                .orElseThrow();
    }

    private List<Double> losses(String id) {
        Leaderboard board = board(id);
        return board.results().stream()
                .map(result -> result.score(board.metric()))
                .toList();
    }

    private static int epochs(DrivenWork.Run run) {
        return run.job().submission().recipe().training().epochs();
    }

    /** What a trial does, without its search. */
    private static Object alone(TrainingJob trial) {
        assertThat(trial.submission().parent()).startsWith("search_");
        return trial.submission().partOf(null, null);
    }

    private static void trained(DrivenWork.Run run, double loss) {
        NewModel model = TestModels.trainedBy(run.job().id(), "best", 1);
        Evaluation evaluation = new ClassEvaluation(
                20, loss, 0.9, 0.9, loss, null, null, null, null, null, null, null, null, null, null, null);
        run.outcome()
                .complete(new Outcome.Trained(
                        new NewModel(
                                model.name(),
                                model.jobId(),
                                model.network(),
                                model.schema(),
                                new Evaluations(evaluation, evaluation, null),
                                model.provenance(),
                                model.parameters()),
                        TestJobs.ALL_EPOCHS));
    }
}
