package io.twostep.job;

import io.twostep.model.ModelRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes a job from the queue, runs it and writes how it ended. The job's row is the truth: the queue only says whose
 * turn it is, and every write is void once the row belongs to another attempt.
 */
final class JobRunner implements AutoCloseable {

    /** What becomes of the job's place in the queue. */
    enum Afterwards {
        /** The job is finished. */
        REMOVE,
        /** The job waits for a worker again. */
        RETRY,
        /** Another attempt holds the place. */
        LEAVE
    }

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final TrainingJobs jobs;
    private final TrainingWork work;
    private final ModelRegistry models;
    private final RunningJobs running;
    private final JobMeters meters;
    private final ScheduledExecutorService timer;
    private final Duration flushInterval;
    private final InstantSource clock;

    JobRunner(
            TrainingJobs jobs,
            TrainingWork work,
            ModelRegistry models,
            RunningJobs running,
            JobMeters meters,
            Duration flushInterval,
            InstantSource clock) {
        this.jobs = jobs;
        this.work = work;
        this.models = models;
        this.running = running;
        this.meters = meters;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "job-progress");
            thread.setDaemon(true);
            return thread;
        });
        this.flushInterval = flushInterval;
        this.clock = clock;
    }

    /**
     * Runs a job whose turn it is.
     *
     * @param leaving whether the service is shutting down
     */
    Afterwards run(String id, BooleanSupplier leaving) {
        Optional<TrainingJob> claimed = claim(id);
        if (claimed.isEmpty()) {
            return Afterwards.REMOVE;
        }
        RunningJob attempt = new RunningJob(claimed.get(), jobs, leaving);
        running.enter(attempt);
        try {
            return run(attempt);
        } finally {
            running.leave(attempt);
            jobs.find(id).ifPresent(meters::ended);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** What becomes of a job whose worker has not been heard of for too long. */
    Afterwards workerLost(String id) {
        if (running.contains(id)) {
            return Afterwards.LEAVE; // it runs right here: the machine slept, or was too busy for a heartbeat
        }
        return jobs.find(id).map(this::release).orElse(Afterwards.REMOVE);
    }

    /** The next attempt at the job, or empty if nothing is left to do. */
    private Optional<TrainingJob> claim(String id) {
        for (Optional<TrainingJob> found = jobs.find(id); found.isPresent(); found = jobs.find(id)) {
            TrainingJob job = found.get();
            if (job.status() == JobStatus.QUEUED) {
                TrainingJob started = job.started(now());
                if (jobs.claim(job, started)) {
                    log.info("{} is running, attempt {}", id, started.attempt());
                    meters.started(started);
                    return Optional.of(started);
                }
            } else if (release(job) == Afterwards.REMOVE) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Frees a job from the attempt that no longer runs: back to the queue, or, if it was to stop, to its end. */
    private Afterwards release(TrainingJob job) {
        return switch (job.status()) {
            case QUEUED -> Afterwards.RETRY;
            case RUNNING -> replace(job, job.requeued(now())) ? Afterwards.RETRY : releaseAgain(job.id());
            case CANCELLING -> replace(job, job.cancelled(now())) ? Afterwards.REMOVE : releaseAgain(job.id());
            case SUCCEEDED, FAILED, CANCELLED -> Afterwards.REMOVE;
        };
    }

    private Afterwards releaseAgain(String id) {
        return jobs.find(id).map(this::release).orElse(Afterwards.REMOVE);
    }

    private Afterwards run(RunningJob attempt) {
        try {
            return conclude(attempt, train(attempt));
        } catch (RuntimeException | Error e) {
            if (isOutage(e)) {
                throw e; // the queue tries again when the database is back
            }
            return conclude(attempt, outcome(attempt, e));
        }
    }

    private Outcome train(RunningJob attempt) {
        long period = flushInterval.toMillis();
        ScheduledFuture<?> flushing =
                timer.scheduleWithFixedDelay(attempt::flushOnTimer, period, period, TimeUnit.MILLISECONDS);
        try {
            Outcome outcome = work.run(attempt.job(), attempt);
            attempt.flush();
            return outcome;
        } finally {
            flushing.cancel(false);
        }
    }

    private static boolean isOutage(Throwable thrown) {
        return thrown instanceof TransientDataAccessException
                || thrown instanceof RecoverableDataAccessException
                || thrown instanceof DataAccessResourceFailureException
                || thrown instanceof TransactionException;
    }

    private static Outcome outcome(RunningJob attempt, Throwable thrown) {
        String id = attempt.job().id();
        if (attempt.isLeaving()) {
            log.info("{} was interrupted because the service is leaving", id, thrown);
            return new Outcome.Stopped();
        }
        JobError error = JobError.of(thrown);
        if (error.isInternal()) {
            log.error("{} failed", id, thrown);
        } else {
            log.warn("{} cannot be trained: {}", id, error.detail());
        }
        return new Outcome.Failed(null, error);
    }

    private Afterwards conclude(RunningJob attempt, Outcome outcome) {
        TrainingJob job = attempt.job();
        boolean written;
        if (outcome instanceof Outcome.Trained trained) {
            written = publish(job, trained);
        } else if (outcome instanceof Outcome.Failed failed) {
            written = replace(job, job.failed(now(), failed.stop(), failed.error()));
        } else if (attempt.cancelled()) {
            written = false;
        } else {
            throw new IllegalStateException("The training of " + job.id() + " stopped unasked.");
        }
        return written ? Afterwards.REMOVE : giveUp(job);
    }

    /** The model and the job's success become visible together, or neither does. */
    private boolean publish(TrainingJob job, Outcome.Trained trained) {
        return models.publish(
                        trained.model(), model -> replace(job, job.succeeded(now(), trained.stop(), model.version())))
                .isPresent();
    }

    /** The attempt has nothing to show: it was told to stop, or somebody else decided meanwhile. */
    private Afterwards giveUp(TrainingJob job) {
        return jobs.find(job.id())
                .filter(found -> found.attempt() == job.attempt() && isHeld(found))
                .map(this::release)
                .orElse(Afterwards.LEAVE);
    }

    private static boolean isHeld(TrainingJob job) {
        return job.status() == JobStatus.RUNNING || job.status() == JobStatus.CANCELLING;
    }

    private boolean replace(TrainingJob before, TrainingJob after) {
        boolean written = jobs.replace(before, after);
        if (written) {
            log.info("{} is {}", after.id(), after.status().wireName());
        }
        return written;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
