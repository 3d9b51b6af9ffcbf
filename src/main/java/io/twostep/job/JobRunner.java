package io.twostep.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a job of one kind from the queue, runs it and writes how it ended. The job's row is the truth: the queue only
 * says whose turn it is, and every write is void once the row belongs to another attempt.
 *
 * <p>Whoever begins an attempt or gives up a place does so in one transaction that holds the row first and the place
 * then, and only with a {@link Lease} that is still good. So a worker that slept while others took its job over changes
 * nothing, and no job waits without a place.
 */
public final class JobRunner<J extends Job<J>> implements AutoCloseable {

    /** What becomes of the job's place in the queue. */
    enum Afterwards {
        /** The job is finished. */
        REMOVE,
        /** The job waits for a worker again. */
        RETRY,
        /** The job waits until somebody resumes it. */
        PARK;

        static Afterwards of(JobStatus status) {
            return switch (status) {
                case QUEUED, RUNNING, PAUSING, CANCELLING -> RETRY;
                case PAUSED -> PARK;
                case SUCCEEDED, FAILED, CANCELLED -> REMOVE;
            };
        }
    }

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final JobStore<J> jobs;
    private final Leases leases;
    private final BiFunction<J, BooleanSupplier, RunningJob<J>> attempts;
    private final RunningJobs running;
    private final JobMeters<J> meters;
    private final TransactionOperations transactions;
    private final ScheduledExecutorService timer;
    private final Duration flushInterval;
    private final InstantSource clock;

    /** @param attempts an attempt at a job, which is told whether the service is leaving */
    public JobRunner(
            JobStore<J> jobs,
            Leases leases,
            BiFunction<J, BooleanSupplier, RunningJob<J>> attempts,
            RunningJobs running,
            JobMeters<J> meters,
            TransactionOperations transactions,
            Duration flushInterval,
            InstantSource clock) {
        this.jobs = jobs;
        this.leases = leases;
        this.attempts = attempts;
        this.running = running;
        this.meters = meters;
        this.transactions = transactions;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "job-progress");
            thread.setDaemon(true);
            return thread;
        });
        this.flushInterval = flushInterval;
        this.clock = clock;
    }

    /**
     * Runs a job whose turn it is, if there is anything left to do.
     *
     * @param leaving whether the service is shutting down
     */
    void run(Lease lease, BooleanSupplier leaving) {
        running.expect(lease); // before the claim, which may take so long that the worker seems lost
        try {
            claimAndRun(lease, leaving);
        } finally {
            running.dismiss(lease);
        }
    }

    private void claimAndRun(Lease lease, BooleanSupplier leaving) {
        claim(lease).filter(this::isRunning).ifPresent(job -> {
            log.info("{} is running, attempt {}", job.id(), job.attempt());
            meters.started(job);
            RunningJob<J> attempt = attempts.apply(job, leaving);
            running.enter(attempt);
            try {
                run(attempt);
            } finally {
                running.leave(attempt);
                attempt.left();
                jobs.find(job.id())
                        .filter(found -> found.attempt() == job.attempt())
                        .ifPresent(meters::ended);
            }
        });
    }

    /** What becomes of a job whose worker has not been heard of for too long: it is freed, and its place with it. */
    void workerLost(Lease lease, Consumer<Afterwards> place) {
        if (running.contains(lease.jobId())) {
            return; // it runs right here: the machine slept, or was too busy for a heartbeat
        }
        Optional<J> freed = inTransaction(lease, job -> free(job, this::bereaved));
        freed.ifPresent(meters::ended);
        settle(lease, place);
    }

    /** Gives a place up if it is still the worker's, as the status of its job wants it. */
    void settle(Lease lease, Consumer<Afterwards> place) {
        transactions.executeWithoutResult(transaction -> {
            Optional<J> job = jobs.lock(lease.jobId());
            if (leases.hold(lease)) {
                place.accept(job.map(found -> Afterwards.of(found.status())).orElse(Afterwards.REMOVE));
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The job as the worker's turn has left it: running if there is something to do; empty if it was not its turn. */
    private Optional<J> claim(Lease lease) {
        Optional<J> claimed = inTransaction(lease, job -> {
            J freed = free(job, this::left);
            if (freed.status() != JobStatus.QUEUED) {
                return freed;
            }
            return freed.isLate(now()) ? written(freed, freed.expired(now())) : started(freed);
        });
        claimed.ifPresent(meters::ended);
        return claimed;
    }

    private Optional<J> inTransaction(Lease lease, UnaryOperator<J> change) {
        return Objects.requireNonNull(transactions.execute(transaction ->
                jobs.lock(lease.jobId()).filter(job -> leases.hold(lease)).map(change)));
    }

    private boolean isRunning(J job) {
        return job.status() == JobStatus.RUNNING;
    }

    private J started(J queued) {
        J started = queued.started(now());
        if (!jobs.claim(queued, started)) {
            throw new IllegalStateException("The row of " + queued.id() + " changed while it was locked.");
        }
        return started;
    }

    /**
     * Frees a job from the attempt that no longer runs: to its end or its pause if it was told so, and else as
     * {@code otherwise} says.
     */
    private J free(J locked, UnaryOperator<J> otherwise) {
        return switch (locked.status()) {
            case RUNNING -> written(locked, otherwise.apply(locked));
            case PAUSING -> written(locked, locked.paused(now()));
            case CANCELLING -> written(locked, locked.cancelled(now()));
            case QUEUED, PAUSED, SUCCEEDED, FAILED, CANCELLED -> locked;
        };
    }

    private J left(J job) {
        return job.isLate(now()) ? job.expired(now()) : job.requeued(now());
    }

    private J bereaved(J job) {
        if (job.life().deaths() + 1 >= JobLife.MOST_DEATHS) {
            log.warn("{} is given up: {}", job.id(), JobError.WORKER_CRASHED.detail());
            return job.failed(now(), JobError.WORKER_CRASHED);
        }
        return job.isLate(now()) ? job.expired(now()) : job.bereaved(now());
    }

    private void run(RunningJob<J> attempt) {
        try {
            conclude(attempt, work(attempt));
        } catch (CancellationException e) {
            if (attempt.cancelled()) {
                giveUp(attempt.job());
            } else {
                fail(attempt, e);
            }
        } catch (RuntimeException | Error e) {
            if (Outage.isBehind(e)) {
                throw e; // the queue tries again when the database is back
            }
            if (attempt.isLeaving()) {
                log.info(
                        "{} was interrupted because the service is leaving",
                        attempt.job().id(),
                        e);
                giveUp(attempt.job());
            } else {
                fail(attempt, e);
            }
        }
    }

    private Conclusion<J> work(RunningJob<J> attempt) {
        long period = flushInterval.toMillis();
        ScheduledFuture<?> flushing =
                timer.scheduleWithFixedDelay(() -> look(attempt), period, period, TimeUnit.MILLISECONDS);
        try {
            return attempt.work();
        } catch (CancellationException e) {
            attempt.flush();
            throw e;
        } catch (RuntimeException | Error e) {
            attempt.flushIfPossible(); // how far it came is worth knowing; what ended it, more
            throw e;
        } finally {
            flushing.cancel(false);
        }
    }

    private void look(RunningJob<J> attempt) {
        attempt.stopIfLate(now());
        attempt.flushIfPossible();
    }

    private void fail(RunningJob<J> attempt, Throwable thrown) {
        JobError error = JobError.of(thrown);
        if (error.isInternal()) {
            log.error("{} failed", attempt.job().id(), thrown);
        } else {
            log.warn("{} cannot be done: {}", attempt.job().id(), error.detail());
        }
        conclude(attempt, (now, end) -> end.test(attempt.job().failed(now.get(), error)));
    }

    private void conclude(RunningJob<J> attempt, Conclusion<J> conclusion) {
        J job = attempt.job();
        if (!conclusion.write(this::now, after -> isInTime(after) && replace(job, after))) {
            giveUp(job);
        }
    }

    /** What has come out a moment too late has not come out. */
    private boolean isInTime(J ended) {
        Instant end = ended.finishedAt();
        return ended.status() != JobStatus.SUCCEEDED || end == null || !ended.isLate(end);
    }

    /** The attempt has nothing to show: it was told to stop, or somebody else decided meanwhile. */
    private void giveUp(J job) {
        transactions.executeWithoutResult(transaction -> jobs.lock(job.id())
                .filter(found -> found.attempt() == job.attempt())
                .ifPresent(found -> free(found, this::left)));
    }

    private J written(J locked, J after) {
        if (!replace(locked, after)) {
            throw new IllegalStateException("The row of " + locked.id() + " changed while it was locked.");
        }
        return after;
    }

    private boolean replace(J before, J after) {
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
