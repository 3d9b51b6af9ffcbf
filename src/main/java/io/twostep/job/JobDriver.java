package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs whose work is that of other jobs a step further whenever somebody asks: what there is to do follows from the
 * rows alone, each of which is written in the transaction that makes it true. So it does not matter when a process dies,
 * which one goes on, or whether two do at once.
 *
 * @param <J> their kind
 */
public abstract class JobDriver<J extends Job<J>> {

    /** Each that runs takes a moment of a worker several times a second; the others wait. */
    public static final int MOST_RUNNING = 8;

    private static final Logger log = LoggerFactory.getLogger(JobDriver.class);

    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final int MOST_LATER = 12;

    private final JobStore<J> store;
    private final TrainingJobs trainings;
    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final JobMeters<J> meters;
    private final InstantSource clock;

    protected JobDriver(
            JobStore<J> store,
            TrainingJobs trainings,
            JobQueue<JobSubmission, TrainingJob> queue,
            JobMeters<J> meters,
            InstantSource clock) {
        this.store = store;
        this.trainings = trainings;
        this.queue = queue;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Does what there is to do for a job that runs.
     *
     * @return whether it has ended
     * @throws ServiceException if it cannot go on; it then fails unless another try may help
     */
    protected abstract boolean proceed(J running);

    /** Cancels what a job has begun beside its parts; whether that has ended. */
    protected boolean stopRest(J cancelling) {
        return true;
    }

    /** Does what can be done now, and says after which time to ask again; empty once the job is finished. */
    public final Optional<Duration> step(String id) {
        J job = store.find(id).orElse(null);
        if (job == null || job.status().isFinished()) {
            return Optional.empty();
        }
        try {
            return step(job);
        } catch (ServiceException e) {
            if (isPassing(e)) {
                return Optional.of(LATER);
            }
            return failed(job, e);
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e; // the queue asks again
            }
            log.error("{} cannot go on", id, e);
            return failed(job, e);
        }
    }

    /** One that is being cancelled is not done with yet. */
    private Optional<Duration> failed(J job, RuntimeException e) {
        return job.status() == JobStatus.RUNNING ? next(fail(job, JobError.of(e))) : Optional.of(LATER);
    }

    /** The same, in between. */
    public final void hurry(String id) {
        var unused = step(id);
    }

    private Optional<Duration> step(J job) {
        return switch (job.status()) {
            case QUEUED -> Optional.of(start(job));
            case CANCELLING -> next(stop(job));
            default -> next(proceed(job));
        };
    }

    private static Optional<Duration> next(boolean ended) {
        return ended ? Optional.empty() : Optional.of(SOON);
    }

    /**
     * Begins a job if not too many have begun or waited for longer.
     *
     * @return after which time to ask again: the longer, the more are before it, so that however many wait take little of
     *     the workers' time
     */
    private Duration start(J queued) {
        long before = store.count(JobStatus.RUNNING)
                + store.count(JobStatus.CANCELLING)
                + store.queuedBefore(queued.id(), queued.priority());
        J running = queued.started(now());
        if (before >= MOST_RUNNING || !store.claim(queued, running)) {
            return LATER.multipliedBy(Math.max(1, Math.min(MOST_LATER, before / MOST_RUNNING)));
        }
        log.info("{} is running", running.id());
        meters.started(running);
        return Duration.ZERO;
    }

    /** Cancels all that has not finished; whether the job has ended. */
    private boolean stop(J job) {
        cancelParts(job);
        return stopRest(job) && trainings.unfinishedParts(job.id()) == 0 && end(job, cancelled(job));
    }

    /** The job, all of which has been cancelled or has ended. */
    protected J cancelled(J cancelling) {
        return cancelling.cancelled(now());
    }

    /** Cancels the parts that have not finished. */
    protected final void cancelParts(J job) {
        if (trainings.unfinishedParts(job.id()) > 0) {
            trainings.parts(job.id()).stream()
                    .filter(part -> !part.status().isFinished())
                    .forEach(part -> cancel(part.id()));
        }
    }

    /** Cancels a training job, if it has not just ended by itself; how it stands. */
    protected final JobStatus cancel(String trainingJob) {
        try {
            return queue.cancel(trainingJob).status();
        } catch (ServiceException e) {
            if (e.code() != ErrorCode.JOB_STATE_CONFLICT) {
                throw e;
            }
            return queue.find(trainingJob).status();
        }
    }

    /** Whether the job has failed, and not ended or been cancelled meanwhile. */
    protected final boolean fail(J running, JobError why) {
        return end(running, running.failed(now(), why));
    }

    /** Writes the end of a job; false if it has ended or been cancelled meanwhile. */
    protected final boolean end(J before, J after) {
        boolean ended = store.replace(before, after);
        if (ended) {
            log.info("{} is {}", after.id(), after.status().wireName());
            meters.ended(after);
        }
        return ended;
    }

    /** What is thrown where the rows are not as they were read; the next step reads them again. */
    protected static ServiceException overtaken(Job<?> job) {
        return new ServiceException(ErrorCode.JOB_STATE_CONFLICT, job.id() + " has gone on meanwhile.");
    }

    /** Whether it is worth a try again in a moment. */
    protected static boolean isPassing(ServiceException e) {
        return e.code() == ErrorCode.BUSY || e.code() == ErrorCode.JOB_STATE_CONFLICT;
    }

    protected final Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
