package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.job.DrivenWork.Run;
import io.twostep.model.TestModels;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Task;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.training.EpochReport;
import io.twostep.training.RunState;
import io.twostep.training.Stop;
import io.twostep.training.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real queue on a real database, in real time. */
@Tag("once")
@OnEveryDatabase
@Timeout(60)
class JobQueueTest {

    private final DataSource database;
    private final JdbcClient sql;
    private final List<TestNode> nodes = new ArrayList<>();

    @TempDir
    Path folder;

    JobQueueTest(TestDatabase database) {
        this.database = database.migrated();
        this.sql = JdbcClient.create(this.database);
    }

    @AfterEach
    void closeAll() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void runsAJobAndPublishesItsModel() throws Exception {
        TestNode node = node();
        TrainingJob submitted = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        assertThat(submitted.status()).isEqualTo(JobStatus.QUEUED);

        Run run = node.work.next();
        assertThat(node.queue.find(submitted.id()).status()).isEqualTo(JobStatus.RUNNING);
        run.succeed();

        TrainingJob ended = awaitStatus(node, submitted, JobStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(1);
        assertThat(ended.ending()).isEqualTo(new JobEnding("max_epochs", Map.of("max_epochs", 100.0), null, 1, null));
        assertThat(ended.transitions())
                .extracting(JobTransition::status)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        assertThat(node.models.find("penguins", 1).jobId()).isEqualTo(submitted.id());
        awaitEmptyQueue();
    }

    @Test
    void acceptsNothingWhoseConditionFails() {
        TestNode node = node();

        assertThatThrownBy(() -> node.queue.submit(TestJobs.submission("penguins"), job -> {
                    throw new IllegalStateException("the dataset is gone");
                }))
                .hasMessage("the dataset is gone");

        assertThat(node.jobs.list(null, 10)).isEmpty();
        assertThat(placesInTheQueue()).isZero();
    }

    @Test
    void beginsAtOnceOnTheNodeThatAccepts() throws Exception {
        Map<String, Object> slow = new HashMap<>(TestNode.QUICK);
        slow.put("twostep.job.polling-interval", "1h");
        TestNode node = node(slow);

        node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        node.work.next().succeed();
    }

    @Test
    void comparesAModelThatIsMadeAgain() throws Exception {
        TestNode node = node();
        TrainingJob first = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run original = node.work.next();
        original.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        original.succeed();
        awaitStatus(node, first, JobStatus.SUCCEEDED);

        assertThat(remade(node, 1, TestJobs.report(1, 0.5).at(9))).isTrue();
        assertThat(remade(node, 2, TestJobs.report(1, 0.5))).as("other weights").isFalse();
        assertThat(remade(node, 1, TestJobs.report(1, 0.75)))
                .as("another history")
                .isFalse();
        assertThat(node.models.latest("penguins").version()).isEqualTo(1);
    }

    private @Nullable Boolean remade(TestNode node, long seed, EpochReport report) throws Exception {
        JobSubmission again = TestJobs.reproducing("penguins", 1);
        TrainingJob job = node.queue.submit(again, TestJobs.ALWAYS);
        Run run = node.work.next();
        run.listener().epochFinished(report, 1);
        run.outcome()
                .complete(new Outcome.Trained(TestModels.trainedBy(job.id(), "penguins", seed), TestJobs.ALL_EPOCHS));
        JobEnding ending = awaitStatus(node, job, JobStatus.SUCCEEDED).ending();
        return ending == null ? null : ending.identical();
    }

    /** The epoch that the checkpoint lies in had ended when the attempt did: it is repeated, and told once. */
    @Test
    void goesOnWithinTheFirstEpoch() throws Exception {
        TestNode node = node();
        String fingerprint = "ab".repeat(32);
        Network network = Network.of(NetworkSpec.hidden(), 2, new Task.Numbers(1));
        Checkpoints.Reader reader = in -> RunStateFormat.read(network, TestJobs.RECIPE.training(), in);
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run first = node.work.next();
        assertThat(first.listener().begin(fingerprint, reader)).isEmpty();
        first.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        await().until(() -> node.jobs.history(job.id(), 0, 10).size() == 1);
        RunState early = RunState.start(TestJobs.RECIPE.training(), network);
        assertThat(node.checkpoints.draft(first.job(), fingerprint, early).keep())
                .isTrue();
        node.queue.pause(job.id());
        first.stop();
        awaitStatus(node, job, JobStatus.PAUSED);

        node.queue.resume(job.id());
        Run second = node.work.next();
        assertThat(second.listener().begin(fingerprint, reader)).isPresent();
        assertThat(node.jobs.history(job.id(), 0, 10)).isEmpty();
        second.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        second.succeed();

        assertThat(awaitStatus(node, job, JobStatus.SUCCEEDED).progress().resumedFromEpoch())
                .isZero();
        assertThat(node.jobs.history(job.id(), 0, 10)).containsExactly(TestJobs.report(1, 0.5));
    }

    @Test
    void writesProgressWhileItRuns() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        run.listener().phase(JobPhase.TRAINING);
        run.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        run.listener().epochFinished(TestJobs.report(2, 0.75), 1);

        await().until(() -> node.queue.find(job.id()).progress().epoch() == 2);
        assertThat(node.queue.find(job.id()).progress())
                .isEqualTo(new JobProgress(JobPhase.TRAINING, 2, 0.5, 0.75, 1, null));
        assertThat(node.jobs.history(job.id(), 0, 10))
                .containsExactly(TestJobs.report(1, 0.5), TestJobs.report(2, 0.75));
        run.succeed();
    }

    @Test
    void writesEveryRowBeforeTheJobIsFinished() throws Exception {
        Map<String, Object> unhurried = new HashMap<>(TestNode.QUICK);
        unhurried.put("twostep.job.flush-interval", "1h");
        TestNode node = node(unhurried);
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        IntStream.rangeClosed(1, RunningTraining.MOST_ROWS)
                .forEach(epoch -> run.listener().epochFinished(TestJobs.report(epoch, null), 1));
        assertThat(node.jobs.history(job.id(), 0, 2000)).hasSize(RunningTraining.MOST_ROWS);

        run.listener().epochFinished(TestJobs.report(RunningTraining.MOST_ROWS + 1, null), 1);
        run.succeed();

        awaitStatus(node, job, JobStatus.SUCCEEDED);
        assertThat(node.jobs.history(job.id(), 0, 2000)).hasSize(RunningTraining.MOST_ROWS + 1);
    }

    @Test
    void runsOneAfterTheOtherInTheOrderOfAcceptance() throws Exception {
        TestNode node = node();
        List<String> accepted = Stream.generate(() -> node.queue
                        .submit(TestJobs.submission("penguins"), TestJobs.ALWAYS)
                        .id())
                .limit(3)
                .toList();

        List<String> ran = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Run run = node.work.next();
            assertThat(node.work.nextWithin(100)).as("a second run").isNull();
            ran.add(run.job().id());
            run.succeed();
        }
        assertThat(ran).isEqualTo(accepted);
    }

    @Test
    void runsAsManyAsThereAreWorkers() throws Exception {
        Map<String, Object> two = new HashMap<>(TestNode.QUICK);
        two.put("twostep.job.workers", "2");
        TestNode node = node(two);
        List<TrainingJob> submitted = Stream.generate(
                        () -> node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS))
                .limit(4)
                .toList();

        Run first = node.work.next();
        Run second = node.work.next();
        assertThat(node.work.nextWithin(100)).as("a third run").isNull();
        first.succeed();
        second.succeed();
        node.work.next().succeed();
        node.work.next().succeed();

        submitted.forEach(job -> awaitStatus(node, job, JobStatus.SUCCEEDED));
        assertThat(node.models.latest("penguins").version()).isEqualTo(4);
    }

    @Test
    void sharesTheQueueAmongNodes() throws Exception {
        TestNode one = node();
        TestNode other = node();
        one.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        one.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        Run here = one.work.next();
        Run there = other.work.next();

        assertThat(here.job().id()).isNotEqualTo(there.job().id());
        here.succeed();
        there.succeed();
    }

    @Test
    void cancelsAQueuedJobAtOnce() throws Exception {
        TestNode node = node();
        node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();
        TrainingJob waiting = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        TrainingJob cancelled = node.queue.cancel(waiting.id());

        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(placesInTheQueue()).isEqualTo(1);
        run.succeed();
        awaitEmptyQueue();
        assertThat(node.work.nextWithin(200)).isNull();
        assertThat(node.queue.find(waiting.id())).isEqualTo(cancelled);
    }

    @Test
    void dropsACancelledJobThatAWorkerHasJustPicked() throws Exception {
        TestNode node = node();
        TrainingJob job = TestJobs.queued(now());
        node.jobs.add(job);
        node.jobs.replace(job, job.cancelRequested(now()));
        place(job, now(), false, now());

        awaitEmptyQueue();

        assertThat(node.work.nextWithin(0)).isNull();
        assertThat(node.queue.find(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void tellsARunningJobToStop() throws Exception {
        Map<String, Object> unhurried = new HashMap<>(TestNode.QUICK);
        unhurried.put("twostep.job.flush-interval", "1h");
        TestNode node = node(unhurried);
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();
        run.listener().epochFinished(TestJobs.report(1, null), 1);

        assertThat(node.queue.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(run.listener().cancelled()).isTrue();
        assertThat(node.queue.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLING);
        run.stop();

        awaitStatus(node, job, JobStatus.CANCELLED);
        assertThat(node.queue.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(node.jobs.history(job.id(), 0, 10)).hasSize(1);
        awaitEmptyQueue();
    }

    @Test
    void tellsAJobOnAnotherNodeToStop() throws Exception {
        TestNode worker = node();
        TrainingJob job = worker.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = worker.work.next();
        TestNode other = node();

        other.queue.cancel(job.id());

        await().until(run.listener()::cancelled);
        run.stop();
        awaitStatus(other, job, JobStatus.CANCELLED);
    }

    @Test
    void publishesNothingOnceACancellationIsAcknowledged() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        node.queue.cancel(job.id());
        run.succeed();

        awaitStatus(node, job, JobStatus.CANCELLED);
        assertThatThrownBy(() -> node.models.latest("penguins")).isInstanceOf(ServiceException.class);
    }

    @Test
    void endsAsCancelledEvenIfTheTrainingFailsMeanwhile() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        node.queue.cancel(job.id());
        run.fail(new IllegalStateException("broken"));

        awaitStatus(node, job, JobStatus.CANCELLED);
    }

    @Test
    void refusesToCancelWhatHasEnded() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        node.work.next().succeed();
        awaitStatus(node, job, JobStatus.SUCCEEDED);

        assertThatThrownBy(() -> node.queue.cancel(job.id()))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATE_CONFLICT))
                .hasMessage("The job " + job.id() + " is succeeded and cannot be cancelled.");
        assertThatThrownBy(() -> node.queue.cancel("job_none"))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void failsOnceAndSaysWhy() throws Exception {
        TestNode node = node();

        assertThat(errorOf(node, new ServiceException(ErrorCode.REFERENCE_NOT_FOUND, "The dataset is gone.")))
                .isEqualTo(new JobError("reference-not-found", "The dataset is gone."));
        assertThat(errorOf(node, new InvalidValueException("epochs", "must be >= 1 but was 0")))
                .isEqualTo(new JobError("invalid-request", "/epochs must be >= 1 but was 0"));
        assertThat(errorOf(node, new IllegalStateException("SELECT * FROM secrets")))
                .isEqualTo(new JobError("internal", "Something went wrong inside the service."));
        assertThat(errorOf(node, new OutOfMemoryError("Java heap space")))
                .isEqualTo(new JobError("out-of-memory", "The job needs more memory than the service has."));

        awaitEmptyQueue();
        assertThat(node.work.nextWithin(200)).as("another attempt").isNull();
    }

    @Test
    void failsWhenTheTrainingStopsUnasked() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        node.work.next().stop();

        assertThat(awaitStatus(node, job, JobStatus.FAILED).ending().error().code())
                .isEqualTo("internal");
    }

    @Test
    void failsAsTheTrainingSays() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        JobError error = new JobError("training-diverged", "The loss was not finite in epoch 3.");

        node.work
                .next()
                .outcome()
                .complete(new Outcome.Failed(new Stop(StopReason.DIVERGED, Map.of("epoch", 3.0)), error));

        assertThat(awaitStatus(node, job, JobStatus.FAILED).ending())
                .isEqualTo(new JobEnding("diverged", Map.of("epoch", 3.0), error, null, null));
    }

    @Test
    void runsAJobAgainWhoseWorkerDied() throws Exception {
        TrainingJob abandoned = abandoned(JobStatus.RUNNING);

        TestNode node = node();
        Run again = node.work.next();
        assertThat(again.listener().begin("0".repeat(64), in -> {
                    throw new AssertionError("there is no checkpoint");
                }))
                .isEmpty();
        again.succeed();

        TrainingJob ended = awaitStatus(node, abandoned, JobStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(ended.transitions())
                .extracting(JobTransition::status)
                .containsExactly(
                        JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        assertThat(node.jobs.history(abandoned.id(), 0, 10)).isEmpty();
        awaitEmptyQueue();
    }

    @Test
    void runsAJobAgainSoonAfterARestartWithDefaultSettings() throws Exception {
        TrainingJob abandoned = abandoned(JobStatus.RUNNING);
        Instant start = Instant.now();

        TestNode node = node(Map.of());
        node.work.next().succeed();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        awaitStatus(node, abandoned, JobStatus.SUCCEEDED);
    }

    @Test
    void endsAJobWhoseWorkerDiedWhileItWasToStop() throws Exception {
        TrainingJob abandoned = abandoned(JobStatus.CANCELLING);

        TestNode node = node();

        awaitStatus(node, abandoned, JobStatus.CANCELLED);
        awaitEmptyQueue();
        assertThat(node.work.nextWithin(0)).isNull();
    }

    @Test
    void runsAJobAgainThatWasGivenBackButNotYetRescheduled() throws Exception {
        TrainingJob abandoned = abandoned(JobStatus.QUEUED);

        TestNode node = node();
        node.work.next().succeed();

        awaitStatus(node, abandoned, JobStatus.SUCCEEDED);
    }

    @Test
    void leavesAJobAloneThatRunsHereAndOnlyMissedItsHeartbeats() throws Exception {
        TestNode node = node();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        node.runner.workerLost(leaseOf(job), afterwards -> {
            throw new AssertionError("it is " + afterwards);
        });

        assertThat(node.queue.find(job.id()).status()).isEqualTo(JobStatus.RUNNING);
        run.succeed();
        awaitStatus(node, job, JobStatus.SUCCEEDED);
    }

    /** Between the claim and the work a busy machine may miss heartbeats, too. */
    @Test
    void leavesAJobAloneThatIsAboutToRunHere() throws Exception {
        TestNode node = node();
        node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run before = node.work.next();
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        sql.sql("update scheduled_tasks set picked = true where task_instance = :id")
                .param("id", job.id())
                .update();
        Lease lease = leaseOf(job);

        JobRunner<TrainingJob> late = node.runner((claimed, leaving) -> {
            node.runner.workerLost(lease, afterwards -> {
                throw new AssertionError("it is " + afterwards);
            });
            throw new IllegalStateException("is " + node.queue.find(job.id()).status());
        });

        assertThatThrownBy(() -> late.run(lease, () -> false)).hasMessage("is RUNNING");
        before.succeed();
    }

    @Test
    void letsAWorkerThatWasPausedChangeNothing() throws Exception {
        TestNode paused = node(silent());
        TrainingJob job = paused.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run stale = paused.work.next();
        silenceHeartbeats();

        TestNode other = node();
        Run fresh = other.work.next();
        assertThat(fresh.job().attempt()).isEqualTo(2);
        fresh.listener().epochFinished(TestJobs.report(1, 0.5), 1);
        fresh.succeed();
        TrainingJob ended = awaitStatus(other, job, JobStatus.SUCCEEDED);

        await().until(stale.listener()::cancelled);
        stale.listener().epochFinished(TestJobs.report(2, 0.25), 1);
        stale.succeed();

        TrainingJob next = paused.queue.submit(
                TestJobs.submission("wine"), TestJobs.ALWAYS); // waits until the paused worker is free
        Stream.of(paused, other).parallel().forEach(node -> finishIfAny(node));
        awaitStatus(other, next, JobStatus.SUCCEEDED);
        assertThat(other.queue.find(job.id())).isEqualTo(ended);
        assertThat(other.jobs.history(job.id(), 0, 10)).containsExactly(TestJobs.report(1, 0.5));
        assertThat(other.models.latest("penguins").version()).isEqualTo(1);
    }

    @Test
    void leavesAJobToTheWorkerThatHoldsItNow() throws Exception {
        TestNode paused = node(silent());
        TrainingJob job = paused.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run stale = paused.work.next();
        silenceHeartbeats();
        TestNode other = node();
        Run fresh = other.work.next();

        stale.succeed();
        paused.queue.submit(TestJobs.submission("wine"), TestJobs.ALWAYS);
        paused.work.next().succeed(); // the paused worker is done with the first job

        TrainingJob held = paused.queue.find(job.id());
        assertThat(held.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(held.attempt()).isEqualTo(2);
        fresh.succeed();
        awaitStatus(other, job, JobStatus.SUCCEEDED);
    }

    @Test
    void givesItsJobBackWhenLeavingBreaksTheTraining() throws Exception {
        TestNode leaving = node();
        TrainingJob job = leaving.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = leaving.work.next();
        run.outcome().completeAsync(() -> {
            await().until(run.listener()::cancelled);
            throw new IllegalStateException("interrupted");
        });

        leaving.close();

        TestNode next = node();
        next.work.next().succeed();
        awaitStatus(next, job, JobStatus.SUCCEEDED);
    }

    @Test
    void givesItsJobBackWhenTheServiceLeaves() throws Exception {
        TestNode leaving = node();
        TrainingJob job = leaving.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = leaving.work.next();
        TrainingJob behind = leaving.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        run.outcome().completeAsync(() -> {
            await().until(run.listener()::cancelled);
            return new Outcome.Stopped();
        });

        leaving.close();

        TestNode next = node();
        assertThat(next.jobs.find(job.id()).orElseThrow().transitions())
                .extracting(JobTransition::status)
                .startsWith(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.QUEUED);
        Run again = next.work.next();
        assertThat(again.job().id()).as("it keeps its place").isEqualTo(job.id());
        again.succeed();
        next.work.next().succeed();
        awaitStatus(next, behind, JobStatus.SUCCEEDED);
    }

    private TestNode node() {
        return node(TestNode.QUICK);
    }

    private TestNode node(Map<String, Object> properties) {
        TestNode node = new TestNode(database, folder.resolve("node" + nodes.size()), properties);
        nodes.add(node);
        return node;
    }

    /** A node that says only once that it lives. */
    private static Map<String, Object> silent() {
        Map<String, Object> silent = new HashMap<>(TestNode.QUICK);
        silent.put("twostep.job.heartbeat", "1h");
        return silent;
    }

    /** As if no worker had been heard of for a minute. */
    private void silenceHeartbeats() {
        sql.sql("update scheduled_tasks set last_heartbeat = :old")
                .param("old", now().minusSeconds(60).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A job as a killed process leaves it, with its place in the queue taken and no heartbeat for a minute. */
    private TrainingJob abandoned(JobStatus status) {
        try (TestNode node = node()) {
            TrainingJob queued = TestJobs.queued(now());
            TrainingJob running = queued.started(now());
            node.jobs.add(queued);
            node.jobs.claim(queued, running);
            node.jobs.report(running.id(), 1, running.progress(), List.of(TestJobs.report(1, null)));
            TrainingJob left = switch (status) {
                case CANCELLING -> running.cancelRequested(now());
                case PAUSING -> running.pauseRequested(now());
                case QUEUED -> running.requeued(now());
                default -> running;
            };
            if (left.status() != running.status()) {
                node.jobs.replace(running, left);
            }
            nodes.remove(node);
            place(left, now().minusSeconds(70), true, now().minusSeconds(60));
            return left;
        }
    }

    private void place(TrainingJob job, Instant due, boolean picked, Instant heartbeat) {
        sql.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                    last_heartbeat, version)
                values ('train', :id, :due, :picked, 'somebody', :heartbeat, 2)""")
                .param("id", job.id())
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("picked", picked)
                .param("heartbeat", heartbeat.atOffset(ZoneOffset.UTC))
                .update();
    }

    private TrainingJob awaitStatus(TestNode node, TrainingJob job, JobStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.queue.find(job.id()).status() == status);
        return node.queue.find(job.id());
    }

    private void awaitEmptyQueue() {
        await().atMost(Duration.ofSeconds(20)).until(() -> placesInTheQueue() == 0);
    }

    private Lease leaseOf(TrainingJob job) {
        return sql.sql("select * from scheduled_tasks where task_instance = :id")
                .param("id", job.id())
                .query((row, number) ->
                        new Lease(row.getString("task_name"), row.getString("task_instance"), row.getLong("version")))
                .single();
    }

    private long placesInTheQueue() {
        return sql.sql("select count(*) from scheduled_tasks").query(Long.class).single();
    }

    private JobError errorOf(TestNode node, Throwable thrown) throws InterruptedException {
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        node.work.next().fail(thrown);
        JobEnding ending = awaitStatus(node, job, JobStatus.FAILED).ending();
        assertThat(ending.stopReason()).isEqualTo("error");
        return ending.error();
    }

    private static void finishIfAny(TestNode node) {
        try {
            Run run = node.work.nextWithin(2000);
            if (run != null) {
                run.succeed();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
