package io.twostep.job;

import static io.twostep.job.TestCluster.assertStory;
import static io.twostep.job.TestCluster.awaitStatus;
import static io.twostep.job.TestCluster.now;
import static io.twostep.job.TestCluster.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die, and workers that only slept and come back to a job that is another's by now. */
@OnEveryDatabase
@Timeout(60)
class LostWorkerTest {

    private static final Map<String, Object> SILENT = Map.of("twostep.job.heartbeat", "1h");
    private static final Map<String, Object> IDLE = Map.of("twostep.job.polling-interval", "1h");

    private final TestCluster cluster;

    LostWorkerTest(TestDatabase database, @TempDir Path folder) {
        this.cluster = new TestCluster(database, folder);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void countsADeathUntilTheNextAttemptGetsFurther() throws Exception {
        TestNode silent = cluster.node(SILENT);
        TrainingJob job = submitted(silent);
        Run lost = silent.work.next();
        cluster.silenceHeartbeats();

        TestNode other = cluster.node();
        Run again = other.work.next();

        assertThat(again.job().life().deaths()).isEqualTo(1);
        assertThat(other.jobs.progressed(job.id(), 1)).as("the dead one").isFalse();
        assertThat(other.queue.find(job.id()).life().deaths()).isEqualTo(1);
        assertThat(other.jobs.progressed(job.id(), 2)).isTrue();
        assertThat(other.queue.find(job.id()).life().deaths()).isZero();
        lost.stop();
        again.succeed();
        assertThat(awaitStatus(other, job, JobStatus.SUCCEEDED).life().deaths()).isZero();
    }

    @Test
    void givesUpAJobThatFiveWorkersDiedOf() throws Exception {
        TestNode silent = cluster.node(SILENT);
        TrainingJob job = submitted(silent);
        Run lost = silent.work.next();
        TrainingJob behind = submitted(silent);
        cluster.sql
                .sql("update training_job set deaths = 4 where id = :id")
                .param("id", job.id())
                .update();
        cluster.silenceHeartbeats();

        TestNode other = cluster.node();

        TrainingJob failed = awaitStatus(other, job, JobStatus.FAILED);
        assertThat(failed.ending())
                .isEqualTo(new JobEnding(
                        "error",
                        Map.of(),
                        new JobError(
                                "worker-crashed",
                                "The process that ran the job died 5 times without getting any further."),
                        null,
                        null));
        assertStory(failed, "queued running failed");
        Run next = other.work.next();
        assertThat(next.job().id()).as("the queue moves on").isEqualTo(behind.id());
        next.succeed();
        lost.succeed();
        awaitStatus(other, behind, JobStatus.SUCCEEDED);
        assertThat(other.queue.find(job.id())).isEqualTo(failed);
        cluster.awaitNoPlaces();
    }

    @Test
    void goesOnWithAJobThatFewerDiedOf() throws Exception {
        TestNode silent = cluster.node(SILENT);
        TrainingJob job = submitted(silent);
        Run lost = silent.work.next();
        cluster.sql
                .sql("update training_job set deaths = 3 where id = :id")
                .param("id", job.id())
                .update();
        cluster.silenceHeartbeats();

        TestNode other = cluster.node();
        other.work.next().succeed();

        assertThat(awaitStatus(other, job, JobStatus.SUCCEEDED).life().deaths()).isEqualTo(4);
        lost.stop();
    }

    @Test
    void chargesNobodyWhoLeaves() throws Exception {
        TestNode leaving = cluster.node();
        TrainingJob job = submitted(leaving);
        Run run = leaving.work.next();
        Obeying.stopWhenTold(run);

        leaving.close();

        TestNode next = cluster.node();
        Run again = next.work.next();
        assertThat(again.job().attempt()).isEqualTo(2);
        assertThat(again.job().life().deaths()).isZero();
        again.succeed();
        awaitStatus(next, job, JobStatus.SUCCEEDED);
    }

    /** Each write of an attempt whose job another one has taken over meanwhile. */
    @Test
    void changesNothingAfterTheJobWasTakenOver() {
        TestNode node = cluster.node(IDLE);
        Zombie zombie = Zombie.of(node);
        TrainingJob held = node.queue.find(zombie.id());

        assertThat(zombie.changes(node.jobs)).isEmpty();

        assertThat(node.queue.find(zombie.id())).isEqualTo(held);
        assertThat(node.jobs.history(zombie.id(), 0, 10)).isEmpty();
        assertThat(node.published.findLatest("penguins")).isEmpty();
    }

    /** The test above can fail: here the statement that ends a job lacks its fence. */
    @Test
    void wouldSeeThatAZombiePublishes() {
        TestNode node = cluster.node(IDLE);

        assertThat(Zombie.of(node).changes(Unfenced.of(node.jobs))).contains("publish");
    }

    /** A worker that fell asleep between taking the place and beginning the attempt. */
    @Test
    void beginsNothingOnceItsPlaceIsAnothers() {
        TestNode node = cluster.node(IDLE);
        TrainingJob job = TestJobs.queued(now());
        node.jobs.add(job);
        Lease lost = pickedBySomebody(job);
        takenOver(job);

        assertBeginsNothing(node, lost);
        assertThat(node.queue.find(job.id())).as("queued").isEqualTo(job);

        TrainingJob held = job.started(now());
        node.jobs.claim(job, held);
        assertBeginsNothing(node, lost);
        node.runner.workerLost(lost, afterwards -> {
            throw new AssertionError("the place is " + afterwards);
        });
        node.runner.settle(lost, afterwards -> {
            throw new AssertionError("the place is " + afterwards);
        });

        assertThat(node.queue.find(job.id())).as("running").isEqualTo(held);
    }

    private static void assertBeginsNothing(TestNode node, Lease lost) {
        assertThat(CompletableFuture.runAsync(() -> node.runner.run(lost, () -> false)))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    private Lease pickedBySomebody(TrainingJob job) {
        cluster.sql
                .sql("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                            last_heartbeat, version)
                        values ('train', :id, :due, true, 'somebody', :due, 2)""")
                .param("id", job.id())
                .param("due", now().plusSeconds(600).atOffset(ZoneOffset.UTC))
                .update();
        return cluster.leaseOf(job);
    }

    private void takenOver(TrainingJob job) {
        cluster.sql
                .sql("update scheduled_tasks set picked_by = 'another', version = 4 where task_instance = :id")
                .param("id", job.id())
                .update();
    }
}
