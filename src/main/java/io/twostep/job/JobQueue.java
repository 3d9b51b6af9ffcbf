package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.storage.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Accepts jobs of one kind, lets them wait and takes them back.
 *
 * @param <S> what is asked for
 */
public final class JobQueue<S, J extends Job<J>> {

    private final JobKind<S, J> kind;
    private final JobStore<J> jobs;
    private final Scheduler scheduler;
    private final QueueBound bound;
    private final RunningJobs running;
    private final JobMeters<J> meters;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    public JobQueue(
            JobKind<S, J> kind,
            JobStore<J> jobs,
            Scheduler scheduler,
            QueueBound bound,
            RunningJobs running,
            JobMeters<J> meters,
            TransactionOperations transactions,
            InstantSource clock) {
        this.kind = kind;
        this.jobs = jobs;
        this.scheduler = scheduler;
        this.bound = bound;
        this.running = running;
        this.meters = meters;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Accepts a part of another job. It always finds room, since the other one has a place in the queue already and begins
     * few at a time: were both counted, others that wait for their parts could keep all parts out for ever.
     */
    public J submit(S submission, Consumer<J> condition) {
        return submit(submission, null, () -> {}, condition);
    }

    /**
     * Accepts a job. When this returns, the job and its place in the queue are stored, in one transaction.
     *
     * @param caller on whose share of the queue it goes
     * @param condition looks once more, inside that transaction and after the job is stored, whether the job can be
     *     accepted, and stores what belongs to it; throws if not
     * @throws ServiceException {@link ErrorCode#QUEUE_FULL}
     */
    public J submit(S submission, String caller, Consumer<J> condition) {
        return submit(submission, caller, () -> bound.requireRoom(caller), condition);
    }

    private J submit(S submission, @Nullable String caller, Runnable requireRoom, Consumer<J> condition) {
        J job = kind.queued().of(Ids.next(kind.prefix()), submission, now());
        bound.pass(() -> transactions.executeWithoutResult(status -> {
            requireRoom.run();
            jobs.add(job);
            condition.accept(job);
            scheduler.scheduleIfNotExists(JobTask.of(kind, job), job.createdAt());
            bound.charge(kind, job, caller);
        }));
        scheduler.triggerCheckForDueExecutions();
        return job;
    }

    /**
     * Cancels a job: a queued or paused one at once, a running one as soon as its work looks up. Asking again changes
     * nothing.
     *
     * @return the job as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has succeeded
     *     or failed
     */
    public J cancel(String id) {
        return stop(id, job -> job.cancelRequested(now()));
    }

    /**
     * Lets a job wait until it is resumed: a queued one at once, a running one as soon as its work looks up. Asking again
     * changes nothing.
     *
     * @return the job as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has ended or is
     *     about to
     */
    public J pause(String id) {
        return stop(id, job -> job.pauseRequested(now()));
    }

    /**
     * Lets a paused job go on, from the place in the queue that it had. Asking again changes nothing.
     *
     * @return the job as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has ended or is
     *     about to, or its worker has not stopped yet
     */
    public J resume(String id) {
        J resumed = change(id, job -> job.resumed(now()));
        scheduler.triggerCheckForDueExecutions();
        return resumed;
    }

    private J stop(String id, UnaryOperator<J> transition) {
        J stopped = change(id, transition);
        running.stop(stopped);
        return stopped;
    }

    private J change(String id, UnaryOperator<J> transition) {
        while (true) {
            J job = find(id);
            J next = transition.apply(job);
            if (next.status() == job.status()) {
                return job;
            }
            if (replace(job, next)) {
                meters.ended(next);
                return next;
            }
        }
    }

    /**
     * The job as it now stands.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public J find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.NOT_FOUND, "There is no " + kind.noun() + " " + Excerpt.quoted(id) + "."));
    }

    private boolean replace(J before, J after) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean replaced = jobs.replace(before, after);
            if (replaced) {
                movePlace(after);
            }
            return replaced;
        }));
    }

    /** Lets the place follow its job. */
    private void movePlace(J job) {
        TaskInstance<Void> place = JobTask.of(kind, job);
        try {
            switch (job.status()) {
                case QUEUED -> scheduler.reschedule(place, job.createdAt());
                case PAUSED -> scheduler.reschedule(place, JobTask.PARKED);
                case CANCELLED -> scheduler.cancel(place);
                default -> {} // its worker does
            }
        } catch (DbSchedulerException e) {
            // A worker has picked it: that will look at the row once more before it gives the place up.
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
