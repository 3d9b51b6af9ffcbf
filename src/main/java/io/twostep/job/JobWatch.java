package io.twostep.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets callers wait for a job to finish without holding a thread. Looks at the job's row, so that it does not matter
 * which process runs the job.
 */
public final class JobWatch implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final JobQueue queue;
    private final Semaphore places;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    /** @param places how many may wait at the same time */
    JobWatch(JobQueue queue, int places, InstantSource clock) {
        this.queue = queue;
        this.places = new Semaphore(places);
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "job-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The job when it has finished, or as it stands when the time is up; as it stands now if too many wait already.
     *
     * @throws io.twostep.error.ServiceException {@link io.twostep.error.ErrorCode#NOT_FOUND}
     */
    public CompletableFuture<TrainingJob> finished(String id, Duration atMost) {
        TrainingJob job = queue.find(id);
        if (job.status().isFinished() || atMost.isZero() || !places.tryAcquire()) {
            return CompletableFuture.completedFuture(job);
        }
        CompletableFuture<TrainingJob> waiting = new CompletableFuture<>();
        lookSoon(id, clock.instant().plus(atMost), waiting);
        return waiting.whenComplete((finished, thrown) -> places.release());
    }

    /** Nobody waits any longer than this. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look(String id, Instant end, CompletableFuture<TrainingJob> waiting) {
        try {
            TrainingJob job = queue.find(id);
            if (job.status().isFinished() || !clock.instant().isBefore(end)) {
                waiting.complete(job);
            } else {
                lookSoon(id, end, waiting);
            }
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
        }
    }

    private void lookSoon(String id, Instant end, CompletableFuture<TrainingJob> waiting) {
        Duration left = Duration.between(clock.instant(), end);
        Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
        var unused = timer.schedule(() -> look(id, end, waiting), Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    }
}
