package io.twostep.job;

import static io.twostep.job.TestCluster.assertStory;
import static io.twostep.job.TestCluster.awaitStatus;
import static io.twostep.job.TestCluster.now;
import static io.twostep.job.TestCluster.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that cannot wait as long as others. */
@Tag("once")
@OnEveryDatabase
@Timeout(60)
class UrgentJobTest {

    private static final JobEnding EXPIRED = new JobEnding("deadline", Map.of(), JobError.EXPIRED, null, null);

    private final TestCluster cluster;

    UrgentJobTest(TestDatabase database, @TempDir Path folder) {
        this.cluster = new TestCluster(database, folder);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void runsTheMostUrgentFirst() throws Exception {
        TestNode node = cluster.node();
        submitted(node);
        Run running = node.work.next();
        TrainingJob low = submit(node, -100, null);
        TrainingJob usual = submitted(node);
        TrainingJob high = submit(node, 100, null);
        TrainingJob asHigh = submit(node, 100, null);
        List<TrainingJob> order = List.of(high, asHigh, usual, low);

        assertThat(order).extracting(job -> positionOf(node, job)).containsExactly(0L, 1L, 2L, 3L);
        List<String> ran = new ArrayList<>();
        Run next = running;
        for (int i = 0; i < order.size(); i++) {
            next.succeed();
            next = node.work.next();
            ran.add(next.job().id());
        }
        next.succeed();
        assertThat(ran).isEqualTo(order.stream().map(TrainingJob::id).toList());
    }

    @Test
    void keepsItsPriorityWhenItIsResumed() throws Exception {
        TestNode node = cluster.node();
        submitted(node);
        Run running = node.work.next();
        TrainingJob usual = submitted(node);
        TrainingJob urgent = submit(node, 1, null);
        node.queue.pause(urgent.id());
        node.queue.resume(urgent.id());

        running.succeed();

        Run next = node.work.next();
        assertThat(next.job().id()).isEqualTo(urgent.id());
        next.succeed();
        node.work.next().succeed();
        awaitStatus(node, usual, JobStatus.SUCCEEDED);
    }

    @Test
    void neverStartsWhatIsLateAlready() throws Exception {
        TestNode node = cluster.node();
        TrainingJob running = submitted(node);
        Run run = node.work.next();
        TrainingJob late = submit(node, 0, now().plusMillis(50));
        await().until(() -> late.isLate(now()));
        run.succeed();

        TrainingJob failed = awaitStatus(node, late, JobStatus.FAILED);

        assertStory(failed, "queued failed");
        assertThat(failed.ending()).isEqualTo(EXPIRED);
        assertThat(failed.attempt()).isZero();
        assertThat(node.work.nextWithin(0)).isNull();
        awaitStatus(node, running, JobStatus.SUCCEEDED);
        cluster.awaitNoPlaces();
    }

    @Test
    void stopsAJobAtItsDeadline() throws Exception {
        TestNode node = cluster.node();
        Run run = startedInTime(node);
        TrainingJob job = run.job();

        await().until(run.listener()::cancelled);
        assertThat(run.listener().keepsProgress()).isFalse();
        run.stop();

        TrainingJob failed = awaitStatus(node, job, JobStatus.FAILED);
        assertStory(failed, "queued running failed");
        assertThat(failed.ending()).isEqualTo(EXPIRED);
        cluster.awaitNoPlaces();
    }

    @Test
    void publishesNothingAfterTheDeadline() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.flush-interval", "1h"));
        Run run = startedInTime(node);
        TrainingJob job = run.job();
        await().until(() -> job.isLate(now()));

        run.succeed();

        assertThat(awaitStatus(node, job, JobStatus.FAILED).ending()).isEqualTo(EXPIRED);
        assertThat(node.published.findLatest("penguins")).isEmpty();
    }

    @Test
    void isNotLateIfItFinishesInTime() throws Exception {
        TestNode node = cluster.node();
        TrainingJob job = submit(node, 0, now().plusSeconds(600));

        node.work.next().succeed();

        assertThat(awaitStatus(node, job, JobStatus.SUCCEEDED).submission()).isEqualTo(job.submission());
    }

    private static TrainingJob submit(TestNode node, int priority, @Nullable Instant deadline) {
        return node.queue.submit(TestJobs.submission("penguins", priority, deadline), TestJobs.ALWAYS);
    }

    /** A job that began before its deadline, which is as soon as this machine allows. */
    private static Run startedInTime(TestNode node) throws InterruptedException {
        for (long millis = 200; ; millis *= 2) {
            submit(node, 0, now().plusMillis(millis));
            Run run = node.work.nextWithin(millis + 500);
            if (run != null) {
                return run;
            }
        }
    }

    private static @Nullable Long positionOf(TestNode node, TrainingJob job) {
        return new QueuePlaces(List.of(node.jobs)).of(job);
    }
}
