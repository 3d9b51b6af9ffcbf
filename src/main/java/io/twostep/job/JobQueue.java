package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.storage.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts training jobs and takes them back. */
public final class JobQueue {

    private final TrainingJobs jobs;
    private final Scheduler scheduler;
    private final RunningJobs running;
    private final JobMeters meters;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    JobQueue(
            TrainingJobs jobs,
            Scheduler scheduler,
            RunningJobs running,
            JobMeters meters,
            TransactionOperations transactions,
            InstantSource clock) {
        this.jobs = jobs;
        this.scheduler = scheduler;
        this.running = running;
        this.meters = meters;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Accepts a job. When this returns, the job and its place in the queue are stored, in one transaction.
     *
     * @param condition looks once more, inside that transaction, whether the job can be accepted; throws if not
     */
    public TrainingJob submit(JobSubmission submission, Runnable condition) {
        TrainingJob job = TrainingJob.queued(Ids.next("job"), submission, now());
        transactions.executeWithoutResult(status -> {
            condition.run();
            jobs.add(job);
            scheduler.scheduleIfNotExists(TrainTask.of(job.id()), job.createdAt());
        });
        scheduler.triggerCheckForDueExecutions();
        return job;
    }

    /**
     * Cancels a job: a queued one at once, a running one as soon as its training looks up. Asking again changes nothing.
     *
     * @return the job as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has succeeded
     *     or failed
     */
    public TrainingJob cancel(String id) {
        while (true) {
            TrainingJob job = find(id);
            TrainingJob cancelled = job.cancelRequested(now());
            boolean already = cancelled.status() == job.status();
            if (already || replace(job, cancelled)) {
                if (!already) {
                    meters.ended(cancelled);
                }
                running.stop(id);
                return cancelled;
            }
        }
    }

    /**
     * The job as it now stands.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public TrainingJob find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.NOT_FOUND, "There is no training job " + Excerpt.quoted(id) + "."));
    }

    private boolean replace(TrainingJob before, TrainingJob after) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean replaced = jobs.replace(before, after);
            if (replaced && after.status() == JobStatus.CANCELLED) {
                removeFromQueue(after.id());
            }
            return replaced;
        }));
    }

    private void removeFromQueue(String id) {
        try {
            scheduler.cancel(TrainTask.of(id));
        } catch (DbSchedulerException e) {
            // A worker has just picked it: it will look at the row, find the job cancelled, and drop it.
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
