package io.twostep.job;

import static io.twostep.job.TestCluster.assertStory;
import static io.twostep.job.TestCluster.awaitStatus;
import static io.twostep.job.TestCluster.now;
import static io.twostep.job.TestCluster.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twostep.crash.Campaign;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that somebody lets wait, in the real queue on a real database. */
@Tag("once")
@OnEveryDatabase
@Timeout(60)
class PausedJobTest {

    private final TestCluster cluster;

    PausedJobTest(TestDatabase database, @TempDir Path folder) {
        this.cluster = new TestCluster(database, folder);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void pausesAQueuedJobAtOnce() throws Exception {
        TestNode node = cluster.node();
        submitted(node);
        Run first = node.work.next();
        TrainingJob waiting = submitted(node);
        TrainingJob behind = submitted(node);

        assertThat(node.queue.pause(waiting.id()).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(node.queue.pause(waiting.id()).status()).isEqualTo(JobStatus.PAUSED);
        first.succeed();

        Run next = node.work.next();
        assertThat(next.job().id()).as("it does not wait for the paused one").isEqualTo(behind.id());
        next.succeed();
        awaitStatus(node, behind, JobStatus.SUCCEEDED);
        assertThat(node.work.nextWithin(200)).isNull();
    }

    @Test
    void goesOnWhereItWasInTheQueue() throws Exception {
        TestNode node = cluster.node();
        submitted(node);
        Run first = node.work.next();
        TrainingJob waiting = submitted(node);
        TrainingJob behind = submitted(node);
        node.queue.pause(waiting.id());

        assertThat(node.queue.resume(waiting.id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(node.queue.resume(waiting.id()).status()).isEqualTo(JobStatus.QUEUED);
        first.succeed();

        Run second = node.work.next();
        assertThat(second.job().id()).isEqualTo(waiting.id());
        assertThat(node.queue.resume(waiting.id()).status()).isEqualTo(JobStatus.RUNNING);
        second.succeed();
        node.work.next().succeed();
        awaitStatus(node, behind, JobStatus.SUCCEEDED);
        assertStory(node.queue.find(waiting.id()), "queued paused queued running succeeded");
        cluster.awaitNoPlaces();
    }

    @Test
    void tellsARunningJobToStopAndKeepWhatItHas() throws Exception {
        TestNode node = cluster.node();
        TrainingJob job = submitted(node);
        Run run = node.work.next();
        run.listener().epochFinished(TestJobs.report(1, null), 1);
        assertThat(run.listener().keepsProgress()).isFalse();

        assertThat(node.queue.pause(job.id()).status()).isEqualTo(JobStatus.PAUSING);
        assertThat(run.listener().cancelled()).isTrue();
        assertThat(run.listener().keepsProgress()).isTrue();
        assertThat(node.queue.pause(job.id()).status()).isEqualTo(JobStatus.PAUSING);
        assertConflict(() -> node.queue.resume(job.id()), "is pausing and cannot be resumed.");
        run.stop();

        TrainingJob paused = awaitStatus(node, job, JobStatus.PAUSED);
        assertThat(paused.progress().epoch()).isEqualTo(1);
        assertThat(paused.ending()).isNull();
        assertThat(node.jobs.history(job.id(), 0, 10)).hasSize(1);
        assertThat(node.work.nextWithin(200)).isNull();

        node.queue.resume(job.id());
        Run again = node.work.next();
        assertThat(again.job().attempt()).isEqualTo(2);
        assertThat(again.job().life().deaths()).isZero();
        again.succeed();
        assertStory(
                awaitStatus(node, job, JobStatus.SUCCEEDED), "queued running pausing paused queued running succeeded");
        cluster.awaitNoPlaces();
    }

    @Test
    void tellsAJobOnAnotherNodeToPause() throws Exception {
        TestNode worker = cluster.node();
        TrainingJob job = submitted(worker);
        Run run = worker.work.next();
        TestNode other = cluster.node(Map.of("twostep.job.polling-interval", "1h"));

        other.queue.pause(job.id());

        await().until(run.listener()::cancelled);
        assertThat(run.listener().keepsProgress()).isTrue();
        run.stop();
        awaitStatus(other, job, JobStatus.PAUSED);
    }

    @Test
    void cancelsAPausedJobAtOnce() throws Exception {
        TestNode node = cluster.node();
        TrainingJob job = submitted(node);
        Run run = node.work.next();
        node.queue.pause(job.id());
        run.stop();
        awaitStatus(node, job, JobStatus.PAUSED);

        assertThat(node.queue.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLED);

        assertThat(node.queue.find(job.id()).ending()).isEqualTo(JobEnding.cancellation());
        assertConflict(() -> node.queue.resume(job.id()), "is cancelled and cannot be resumed.");
        assertConflict(() -> node.queue.pause(job.id()), "is cancelled and cannot be paused.");
        cluster.awaitNoPlaces();
    }

    @Test
    void cancelsAJobThatIsAboutToPause() throws Exception {
        TestNode node = cluster.node();
        TrainingJob job = submitted(node);
        Run run = node.work.next();
        node.queue.pause(job.id());

        assertThat(node.queue.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(run.listener().keepsProgress()).as("nobody will ask for it").isFalse();
        assertConflict(() -> node.queue.pause(job.id()), "is cancelling and cannot be paused.");
        assertConflict(() -> node.queue.resume(job.id()), "is cancelling and cannot be resumed.");
        run.stop();

        awaitStatus(node, job, JobStatus.CANCELLED);
    }

    @Test
    void publishesNothingOnceAPauseIsAcknowledged() throws Exception {
        TestNode node = cluster.node();
        TrainingJob job = submitted(node);
        Run run = node.work.next();
        node.queue.pause(job.id());
        run.succeed();

        awaitStatus(node, job, JobStatus.PAUSED);

        assertThat(node.published.findLatest("penguins")).isEmpty();
    }

    @Test
    void pausesAJobWhoseWorkerDiedMeanwhile() throws Exception {
        TestNode silent = cluster.node(Map.of("twostep.job.heartbeat", "1h"));
        TrainingJob job = submitted(silent);
        Run lost = silent.work.next();
        silent.queue.pause(job.id());
        cluster.silenceHeartbeats();

        TestNode other = cluster.node();

        TrainingJob paused = awaitStatus(other, job, JobStatus.PAUSED);
        assertThat(paused.life().deaths()).as("it was to stop anyway").isZero();
        lost.stop();
        other.queue.resume(job.id());
        Run again = anyRun(silent, other);
        assertThat(again.job().attempt()).isEqualTo(2);
        again.succeed();
        awaitStatus(other, job, JobStatus.SUCCEEDED);
    }

    @Test
    void keepsWhatItHasWhenTheServiceLeaves() throws Exception {
        TestNode leaving = cluster.node();
        submitted(leaving);
        Run run = leaving.work.next();
        CompletableFuture<Boolean> keeps = CompletableFuture.supplyAsync(() -> {
            await().until(run.listener()::cancelled);
            boolean answer = run.listener().keepsProgress();
            run.stop();
            return answer;
        });

        leaving.close();

        assertThat(keeps.join()).isTrue();
    }

    @Test
    void dropsAPausedJobThatAWorkerHasJustPicked() throws Exception {
        TestNode idle = cluster.node(Map.of("twostep.job.polling-interval", "1h"));
        TrainingJob job = TestJobs.queued(now());
        idle.jobs.add(job);
        cluster.sql
                .sql("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        values ('train', :id, :due, true, 2)""")
                .param("id", job.id())
                .param("due", now().atOffset(ZoneOffset.UTC))
                .update();
        Lease picked = cluster.leaseOf(job);

        assertThat(idle.queue.pause(job.id()).status()).isEqualTo(JobStatus.PAUSED);
        idle.runner.run(picked, () -> false);
        assertThat(afterwards(idle, picked)).containsExactly(JobRunner.Afterwards.PARK);

        assertThat(idle.queue.resume(job.id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(afterwards(idle, picked))
                .as("resumed before the worker gave the place up")
                .containsExactly(JobRunner.Afterwards.RETRY);
        assertThat(idle.work.nextWithin(0)).isNull();
    }

    /**
     * Orders at any moment, from two nodes: whatever becomes of a job, it ends. Another number of them with
     * {@code -Dtwostep.campaign.pauses}, the same ones again with {@code -Dtwostep.campaign.seed}.
     */
    @Test
    @Timeout(3600)
    void endsEveryJobHoweverOftenItIsPausedAndResumed() throws Exception {
        int orders = Campaign.size("pauses", 40);
        long seed = Campaign.seed();
        Random random = new Random(seed);
        TestNode one = cluster.node(Map.of("twostep.job.workers", "2"));
        TestNode other = cluster.node(Map.of("twostep.job.workers", "2"));
        try (Obeying workers = new Obeying(List.of(one, other), seed)) {
            List<TrainingJob> jobs = new ArrayList<>();
            for (int i = 0; i < orders; i++) {
                if (i % 10 == 0) {
                    jobs.add(submitted(random.nextBoolean() ? one : other));
                }
                TrainingJob job = jobs.get(Math.max(0, jobs.size() - 1 - random.nextInt(4)));
                TestNode node = random.nextBoolean() ? one : other;
                order(job, random.nextBoolean() ? node.queue::pause : node.queue::resume);
            }
            jobs.forEach(job -> resumeUntilItGoesOn(one, job));
            jobs.forEach(job -> awaitStatus(one, job, JobStatus.SUCCEEDED));
            cluster.awaitNoPlaces();
            assertThat(one.published.findLatest("penguins").orElseThrow().version())
                    .as("one model for each job; seed %d", seed)
                    .isEqualTo(jobs.size());
            Campaign.report(
                    "pauses and resumptions, seed " + seed,
                    "%d orders, all %d jobs ended with one model each".formatted(orders, jobs.size()));
        }
    }

    private static List<JobRunner.Afterwards> afterwards(TestNode node, Lease lease) {
        List<JobRunner.Afterwards> told = new ArrayList<>();
        node.runner.settle(lease, told::add);
        return told;
    }

    private static void order(TrainingJob job, Function<String, TrainingJob> order) {
        try {
            order.apply(job.id());
        } catch (ServiceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATE_CONFLICT);
        }
    }

    private static void resumeUntilItGoesOn(TestNode node, TrainingJob job) {
        await().until(() -> {
            JobStatus status = node.queue.find(job.id()).status();
            if (status == JobStatus.PAUSED) {
                node.queue.resume(job.id());
            }
            return status != JobStatus.PAUSED && status != JobStatus.PAUSING;
        });
    }

    private static Run anyRun(TestNode... nodes) throws InterruptedException {
        while (true) {
            for (TestNode node : nodes) {
                Run run = node.work.nextWithin(50);
                if (run != null) {
                    return run;
                }
            }
        }
    }

    private static void assertConflict(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATE_CONFLICT))
                .hasMessageEndingWith(message);
    }
}
