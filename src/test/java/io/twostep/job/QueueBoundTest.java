package io.twostep.job;

import static io.twostep.job.TestCluster.awaitStatus;
import static io.twostep.job.TestCluster.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
@OnEveryDatabase
@Timeout(60)
class QueueBoundTest {

    private final TestCluster cluster;

    QueueBoundTest(TestDatabase database, @TempDir Path folder) {
        this.cluster = new TestCluster(database, folder);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void refusesWhatIsTooMuch() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.max-queued", "2"));
        submitted(node);
        Run running = node.work.next();
        TrainingJob first = submitted(node);
        TrainingJob second = submitted(node);

        assertRefused(() -> submitted(node), "2 jobs wait, as many as twostep.job.max-queued allows.");
        assertThat(node.jobs.count(JobStatus.QUEUED)).isEqualTo(2);

        node.queue.pause(second.id());
        assertRefused(() -> submitted(node), "2 jobs wait, as many as twostep.job.max-queued allows.");
        node.queue.cancel(second.id());
        submitted(node);

        running.succeed();
        node.work.next().succeed();
        awaitStatus(node, first, JobStatus.SUCCEEDED);
        node.work.next().succeed();
    }

    @Test
    void leavesTheOthersTheirShare() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.max-queued", "3", "twostep.job.max-queued-per-caller", "2"));
        submit(node, "192.0.2.1");
        Run running = node.work.next();
        submit(node, "192.0.2.1");
        submit(node, "192.0.2.1");

        assertRefused(
                () -> submit(node, "192.0.2.1"),
                "2 jobs from this address wait, as many as twostep.job.max-queued-per-caller allows.");
        submit(node, "192.0.2.2");
        assertRefused(() -> submit(node, "192.0.2.3"), "3 jobs wait, as many as twostep.job.max-queued allows.");

        running.succeed();
        node.work.next().succeed();
        Run last = node.work.next();
        submit(node, "192.0.2.1");
        last.succeed();
        node.work.next().succeed();
        node.work.next().succeed();
    }

    @Test
    void isNeverExceededHoweverManyComeAtOnce() throws Exception {
        TestNode one = cluster.node(Map.of("twostep.job.max-queued", "5"));
        TestNode other = cluster.node(Map.of("twostep.job.max-queued", "5"));
        submitted(one);
        submitted(one);
        Run here = one.work.next();
        Run there = other.work.next();

        assertThat(acceptedAtOnce(24, List.of(one, other))).isEqualTo(5);

        assertThat(one.jobs.count(JobStatus.QUEUED)).isEqualTo(5);
        here.succeed();
        there.succeed();
        try (Obeying workers = new Obeying(List.of(one, other), 1)) {
            cluster.awaitNoPlaces();
        }
    }

    /** Else searches that wait for their parts could fill the queue and keep all parts out. */
    @Test
    void hasRoomForPartsWhoeverWaits() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.max-queued", "2"));
        submitted(node);
        Run running = node.work.next();
        submitted(node);
        submitted(node);

        node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);

        assertThat(node.jobs.count(JobStatus.QUEUED)).isEqualTo(3);
        running.succeed();
        for (int left = 0; left < 3; left++) {
            node.work.next().succeed();
        }
    }

    @Test
    void doesNotWaitForEverForOneWhoStandsInTheEntrance() throws Exception {
        TestNode node = cluster.node();
        try (Connection stopped = cluster.database.getConnection();
                Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            statement.executeQuery("select id from queue_gate for update").close();

            assertThatThrownBy(() -> submit(node, "192.0.2.1"))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
            stopped.rollback();
        }
        submit(node, "192.0.2.1");
        node.work.next().succeed();
    }

    @Test
    void acceptsNoMoreThanItsBoundOfAnyNumber() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.max-queued", "2"));
        submitted(node);
        Run running = node.work.next();

        assertThat(acceptedOf(10, node.queue)).isEqualTo(2);

        endAll(node, running);
    }

    /** The test above can fail: here the queue has no bound. */
    @Test
    void wouldSeeAQueueWithoutABound() throws Exception {
        TestNode node = cluster.node(Map.of("twostep.job.max-queued", "2"));
        submitted(node);
        Run running = node.work.next();

        assertThat(acceptedOf(10, node.queue(BlindGate::new))).isEqualTo(10);

        endAll(node, running);
    }

    private static int acceptedOf(int submissions, JobQueue<JobSubmission, TrainingJob> queue) {
        int accepted = 0;
        for (int i = 0; i < submissions; i++) {
            accepted += isAccepted(queue) ? 1 : 0;
        }
        return accepted;
    }

    private void endAll(TestNode node, Run running) {
        running.succeed();
        try (Obeying workers = new Obeying(List.of(node), 1)) {
            cluster.awaitNoPlaces();
        }
    }

    private static int acceptedAtOnce(int submissions, List<TestNode> nodes) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = IntStream.range(0, submissions)
                    .mapToObj(i -> callers.submit(() -> isAccepted(nodes.get(i % nodes.size()).queue)))
                    .toList();
            int accepted = 0;
            for (Future<Boolean> answer : answers) {
                accepted += answer.get() ? 1 : 0;
            }
            return accepted;
        } finally {
            callers.shutdownNow();
        }
    }

    private static boolean isAccepted(JobQueue<JobSubmission, TrainingJob> queue) {
        try {
            queue.submit(TestJobs.submission("penguins"), "192.0.2.1", TestJobs.ALWAYS);
            return true;
        } catch (ServiceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL);
            return false;
        }
    }

    private static void submit(TestNode node, String caller) {
        node.queue.submit(TestJobs.submission("penguins"), caller, TestJobs.ALWAYS);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL))
                .hasMessage(message);
    }
}
