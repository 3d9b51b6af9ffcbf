package io.twostep.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Lets callers wait for a job to finish without holding a thread. Looks at the job's row, so that it does not matter
 * which process runs the job.
 */
public final class JobWatch implements ApplicationListener<ContextClosedEvent>, AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int ANSWERING = 4;

    private final Semaphore places;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final ExecutorService answers;
    private volatile boolean leaving;

    /** @param places how many may wait at the same time */
    JobWatch(int places, InstantSource clock) {
        this.places = new Semaphore(places);
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(daemon("job-watch"));
        this.answers = Executors.newFixedThreadPool(ANSWERING, daemon("job-answer"));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * The job when it has finished, or as it stands when the time is up; as it stands now if too many wait already. What
     * the caller makes of it keeps no other caller waiting.
     *
     * @throws io.twostep.error.ServiceException {@link io.twostep.error.ErrorCode#NOT_FOUND}
     */
    public <J extends Job<J>> CompletableFuture<J> finished(JobQueue<?, J> queue, String id, Duration atMost) {
        return until(job -> false, queue, id, atMost);
    }

    /** The same, but also the job as soon as it is such as the caller waits for. */
    public <J extends Job<J>> CompletableFuture<J> until(
            Predicate<J> awaited, JobQueue<?, J> queue, String id, Duration atMost) {
        J job = queue.find(id);
        if (job.status().isFinished() || atMost.isZero() || awaited.test(job) || !places.tryAcquire()) {
            return CompletableFuture.completedFuture(job);
        }
        CompletableFuture<J> waiting = new CompletableFuture<>();
        Wait<J> wait = new Wait<>(awaited, queue, id, clock.instant().plus(atMost), waiting);
        lookSoon(wait);
        return waiting.whenCompleteAsync((finished, thrown) -> places.release(), answers);
    }

    /** Who waits while the service leaves is answered with the job as it stands. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        leaving = true;
    }

    /** Nobody waits any longer than this. */
    @Override
    public void close() {
        timer.shutdownNow();
        answers.shutdown();
    }

    /** What one caller waits for, and how long. */
    private record Wait<J extends Job<J>>(
            Predicate<J> awaited, JobQueue<?, J> queue, String id, Instant end, CompletableFuture<J> waiting) {}

    private <J extends Job<J>> void look(Wait<J> wait) {
        try {
            J job = wait.queue().find(wait.id());
            if (job.status().isFinished()
                    || leaving
                    || !clock.instant().isBefore(wait.end())
                    || wait.awaited().test(job)) {
                wait.waiting().complete(job);
            } else {
                lookSoon(wait);
            }
        } catch (RuntimeException | Error e) {
            wait.waiting().completeExceptionally(e);
        }
    }

    private void lookSoon(Wait<?> wait) {
        Duration left = Duration.between(clock.instant(), wait.end());
        Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
        var unused = timer.schedule(() -> look(wait), Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    }
}
