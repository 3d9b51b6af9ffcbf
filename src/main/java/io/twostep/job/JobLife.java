package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a job of whatever kind stands, and where it stood. Immutable: every transition returns the life that follows, or
 * throws {@link ErrorCode#JOB_STATE_CONFLICT} and names the state that forbids it.
 *
 * @param attempt how many times it was started; every write of an attempt carries it, so that a worker which lost its
 *     job changes nothing
 * @param deaths how many attempts ended with the death of their worker since one got any further
 * @param startedAt when the present attempt began
 * @param transitions every status it took on, oldest first
 */
public record JobLife(
        String id,
        JobStatus status,
        int attempt,
        int deaths,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<JobTransition> transitions) {

    /** A job that so many workers died of, one after the other, is not given to another. */
    public static final int MOST_DEATHS = 5;

    public JobLife {
        transitions = List.copyOf(transitions);
    }

    /** A job that was just accepted. */
    public static JobLife queued(String id, Instant now) {
        return new JobLife(
                id, JobStatus.QUEUED, 0, 0, now, null, null, List.of(new JobTransition(JobStatus.QUEUED, now)));
    }

    /** A worker begins the next attempt. */
    public JobLife started(Instant now) {
        require("be started", JobStatus.QUEUED);
        return new JobLife(
                id, JobStatus.RUNNING, attempt + 1, deaths, createdAt, now, null, and(JobStatus.RUNNING, now));
    }

    /** Its worker left; the job waits for another. */
    public JobLife requeued(Instant now) {
        require("go back to the queue", JobStatus.RUNNING);
        return next(JobStatus.QUEUED, now);
    }

    /** Its worker died; the job waits for another. */
    public JobLife bereaved(Instant now) {
        require("go back to the queue", JobStatus.RUNNING);
        return new JobLife(
                id,
                JobStatus.QUEUED,
                attempt,
                deaths + 1,
                createdAt,
                startedAt,
                finishedAt,
                and(JobStatus.QUEUED, now));
    }

    /**
     * Somebody wants it to wait: a queued job is paused at once, a running one is told to stop. Asking again changes
     * nothing.
     */
    public JobLife pauseRequested(Instant now) {
        require("be paused", JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.PAUSING, JobStatus.PAUSED);
        return switch (status) {
            case QUEUED -> next(JobStatus.PAUSED, now);
            case RUNNING -> next(JobStatus.PAUSING, now);
            default -> this;
        };
    }

    /** Its worker stopped as it was told to, or died. */
    public JobLife paused(Instant now) {
        require("be paused", JobStatus.PAUSING);
        return next(JobStatus.PAUSED, now);
    }

    /** Somebody wants it to go on: a paused job goes back to the queue. One that has not been paused does so anyway. */
    public JobLife resumed(Instant now) {
        require("be resumed", JobStatus.PAUSED, JobStatus.QUEUED, JobStatus.RUNNING);
        return status == JobStatus.PAUSED ? next(JobStatus.QUEUED, now) : this;
    }

    /**
     * Somebody wants it to end: a queued or paused job is cancelled at once, a running one is told to stop. Asking again
     * changes nothing.
     */
    public JobLife cancelRequested(Instant now) {
        if (status == JobStatus.SUCCEEDED || status == JobStatus.FAILED) {
            throw conflict("be cancelled");
        }
        return switch (status) {
            case QUEUED, PAUSED -> end(JobStatus.CANCELLED, now);
            case RUNNING, PAUSING -> next(JobStatus.CANCELLING, now);
            default -> this;
        };
    }

    /** Its worker stopped as it was told to. */
    public JobLife cancelled(Instant now) {
        require("end as cancelled", JobStatus.CANCELLING);
        return end(JobStatus.CANCELLED, now);
    }

    public JobLife succeeded(Instant now) {
        require("succeed", JobStatus.RUNNING);
        return end(JobStatus.SUCCEEDED, now);
    }

    public JobLife failed(Instant now) {
        require("fail", JobStatus.RUNNING);
        return end(JobStatus.FAILED, now);
    }

    /** Its deadline has passed, be it before it was started or while it ran. */
    public JobLife expired(Instant now) {
        require("expire", JobStatus.QUEUED, JobStatus.RUNNING);
        return end(JobStatus.FAILED, now);
    }

    /** The same life with other transitions; for stores, which may read them apart. */
    public JobLife with(List<JobTransition> others) {
        return new JobLife(id, status, attempt, deaths, createdAt, startedAt, finishedAt, others);
    }

    private void require(String deed, JobStatus... allowed) {
        if (!Arrays.asList(allowed).contains(status)) {
            throw conflict(deed);
        }
    }

    private ServiceException conflict(String deed) {
        return new ServiceException(
                ErrorCode.JOB_STATE_CONFLICT,
                "The job " + id + " is " + status.wireName() + " and cannot " + deed + ".");
    }

    private JobLife next(JobStatus next, Instant now) {
        return new JobLife(id, next, attempt, deaths, createdAt, startedAt, finishedAt, and(next, now));
    }

    private JobLife end(JobStatus last, Instant now) {
        return new JobLife(id, last, attempt, deaths, createdAt, startedAt, now, and(last, now));
    }

    private List<JobTransition> and(JobStatus next, Instant now) {
        return Stream.concat(transitions.stream(), Stream.of(new JobTransition(next, now)))
                .toList();
    }
}
