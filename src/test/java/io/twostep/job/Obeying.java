package io.twostep.job;

import static org.awaitility.Awaitility.await;

import io.twostep.job.DrivenWork.Run;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Trainings that end well after a moment, unless they are told to stop. */
final class Obeying implements AutoCloseable {

    private static final int LONGEST_MILLIS = 6;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param seed of how long each training takes */
    Obeying(List<TestNode> nodes, long seed) {
        for (int i = 0; i < nodes.size(); i++) {
            TestNode node = nodes.get(i);
            Random random = new Random(seed + i);
            threads.execute(() -> obey(node, random));
        }
    }

    /** Lets a training end as soon as it is told to. */
    static void stopWhenTold(Run run) {
        run.outcome().completeAsync(() -> {
            await().until(run.listener()::cancelled);
            return new Outcome.Stopped();
        });
    }

    private void obey(TestNode node, Random random) {
        while (!threads.isShutdown()) {
            try {
                Run run = node.work.nextWithin(50);
                if (run != null) {
                    int looks = random.nextInt(LONGEST_MILLIS);
                    threads.execute(() -> work(run, looks));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void work(Run run, int looks) {
        for (int i = 0; i < looks; i++) {
            if (run.listener().cancelled()) {
                run.stop();
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        run.succeed();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
