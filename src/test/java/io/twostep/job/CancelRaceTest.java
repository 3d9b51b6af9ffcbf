package io.twostep.job;

import static io.twostep.job.TestCluster.submitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twostep.crash.Campaign;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cancellations at the moment of completion: one of the two wins, and all who look agree. Another number of them with
 * {@code -Dtwostep.campaign.cancels}, the same ones again with {@code -Dtwostep.campaign.seed}.
 */
@OnEveryDatabase
class CancelRaceTest {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(1).toNanos();

    private final TestCluster cluster;

    CancelRaceTest(TestDatabase database, @TempDir Path folder) {
        this.cluster = new TestCluster(database, folder);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void letsEitherTheCancellationOrTheModelWin() throws Exception {
        int races = Campaign.size("cancels", 15);
        long seed = Campaign.seed();
        Random random = new Random(seed);
        TestNode worker = cluster.node();
        TestNode other = cluster.node(Map.of("twostep.job.polling-interval", "1h"));
        Aim aim = new Aim();
        int models = 0;
        for (int race = 0; race < races; race++) {
            TrainingJob job = submitted(worker);
            Run run = runOf(job, worker, other);
            TestNode canceller = random.nextBoolean() ? worker : other;
            boolean cancelled = switch (race % 5) {
                case 0 -> cancelBefore(run, canceller);
                case 1 -> cancelAfter(run, canceller);
                default -> aim.learn(race(run, canceller, aim.offset() - random.nextLong(aim.width())));
            };
            models += cancelled ? 0 : 1;

            TrainingJob ended = awaitEnd(other, job);
            String what = "race %d of seed %d".formatted(race, seed);
            assertThat(ended.status()).as(what).isEqualTo(cancelled ? JobStatus.CANCELLED : JobStatus.SUCCEEDED);
            assertThat(worker.queue.find(job.id())).as(what).isEqualTo(ended);
            assertThat(worker.published
                            .findLatest("penguins")
                            .map(model -> model.version())
                            .orElse(0))
                    .as(what)
                    .isEqualTo(models);
        }
        Campaign.report(
                "cancellations at the moment of completion, seed " + seed,
                "%d races, the cancellation won %d and the model %d; all who looked agreed"
                        .formatted(races, races - models, models));
    }

    private static boolean cancelBefore(Run run, TestNode canceller) {
        assertThat(cancel(canceller, run.job())).as("cancelled in time").isTrue();
        run.succeed();
        return true;
    }

    private static boolean cancelAfter(Run run, TestNode canceller) {
        run.succeed();
        awaitEnd(canceller, run.job());
        assertThat(cancel(canceller, run.job())).as("cancelled too late").isFalse();
        return false;
    }

    /** Whether the cancellation won, which it must have told its caller. */
    private boolean race(Run run, TestNode canceller, long nanosLater) {
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<List<JobStatus>> seen = CompletableFuture.supplyAsync(() -> look(canceller, run.job()));
        CompletableFuture<Boolean> cancelled = CompletableFuture.supplyAsync(() -> {
            waitFor(start);
            LockSupport.parkNanos(Math.max(0, nanosLater));
            return cancel(canceller, run.job());
        });
        start.countDown();
        LockSupport.parkNanos(Math.max(0, -nanosLater));
        run.succeed();
        List<JobStatus> story = seen.join();
        assertThat(story.subList(0, story.size() - 1)).as("what a reader saw").noneMatch(JobStatus::isFinished);
        return cancelled.join();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean cancel(TestNode node, TrainingJob job) {
        try {
            node.queue.cancel(job.id());
            return true;
        } catch (ServiceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATE_CONFLICT);
            return false;
        }
    }

    /** Each status that a reader sees who does not stop looking, until some looks after the end. */
    private static List<JobStatus> look(TestNode node, TrainingJob job) {
        List<JobStatus> seen = new ArrayList<>();
        int after = 0;
        while (after < 20) {
            JobStatus status = node.queue.find(job.id()).status();
            if (seen.isEmpty() || seen.get(seen.size() - 1) != status) {
                seen.add(status);
            }
            after += status.isFinished() ? 1 : 0;
            LockSupport.parkNanos(BETWEEN_LOOKS); // on PostgreSQL each look is a connection of its own here
        }
        return seen;
    }

    private static TrainingJob awaitEnd(TestNode node, TrainingJob job) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> node.queue.find(job.id()).status().isFinished());
        return node.queue.find(job.id());
    }

    private static Run runOf(TrainingJob job, TestNode... nodes) throws InterruptedException {
        while (true) {
            for (TestNode node : nodes) {
                Run run = node.work.nextWithin(5);
                if (run != null) {
                    assertThat(run.job().id()).isEqualTo(job.id());
                    return run;
                }
            }
        }
    }

    /** Finds the moment at which either is as likely to win, by halves of what the last race told. */
    private static final class Aim {

        private long offset;
        private long step = Duration.ofMillis(4).toNanos();

        long offset() {
            return offset;
        }

        long width() {
            return Duration.ofMillis(1).toNanos();
        }

        boolean learn(boolean cancelled) {
            offset += cancelled ? step : -step;
            step = Math.max(Duration.ofNanos(200_000).toNanos(), step * 3 / 4);
            return cancelled;
        }
    }
}
