package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.training.Stop;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One training job at one moment. Immutable: every transition returns the job that follows, or throws
 * {@link ErrorCode#JOB_STATE_CONFLICT} and names the state that forbids it.
 *
 * @param attempt how many times it was started; every write of an attempt carries it, so that a worker which lost its
 *     job changes nothing
 * @param startedAt when the present attempt began
 * @param ending how it ended, null until it is finished
 * @param transitions every status it took on, oldest first
 */
public record TrainingJob(
        String id,
        JobSubmission submission,
        JobStatus status,
        int attempt,
        JobProgress progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JobEnding ending,
        List<JobTransition> transitions) {

    public TrainingJob {
        transitions = List.copyOf(transitions);
    }

    /** A job that was just accepted. */
    public static TrainingJob queued(String id, JobSubmission submission, Instant now) {
        return new TrainingJob(
                id,
                submission,
                JobStatus.QUEUED,
                0,
                JobProgress.NONE,
                now,
                null,
                null,
                null,
                List.of(new JobTransition(JobStatus.QUEUED, now)));
    }

    /** A worker begins the next attempt, from the first epoch. */
    public TrainingJob started(Instant now) {
        require("be started", JobStatus.QUEUED);
        return new TrainingJob(
                id,
                submission,
                JobStatus.RUNNING,
                attempt + 1,
                JobProgress.NONE.in(JobPhase.LOADING),
                createdAt,
                now,
                null,
                null,
                with(JobStatus.RUNNING, now));
    }

    /** Its worker died or left; the job waits for another. */
    public TrainingJob requeued(Instant now) {
        require("go back to the queue", JobStatus.RUNNING);
        return next(JobStatus.QUEUED, now);
    }

    /**
     * Somebody wants it to end: a queued job is cancelled at once, a running one is told to stop. Asking again changes
     * nothing.
     */
    public TrainingJob cancelRequested(Instant now) {
        require("be cancelled", JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING, JobStatus.CANCELLED);
        return switch (status) {
            case QUEUED -> end(JobStatus.CANCELLED, now, JobEnding.cancellation());
            case RUNNING -> next(JobStatus.CANCELLING, now);
            default -> this;
        };
    }

    /** Its worker stopped as it was told to. */
    public TrainingJob cancelled(Instant now) {
        require("end as cancelled", JobStatus.CANCELLING);
        return end(JobStatus.CANCELLED, now, JobEnding.cancellation());
    }

    /** It is trained, and published as {@code modelVersion}. */
    public TrainingJob succeeded(Instant now, Stop stop, int modelVersion) {
        require("succeed", JobStatus.RUNNING);
        return end(JobStatus.SUCCEEDED, now, JobEnding.success(stop, modelVersion));
    }

    /**
     * It cannot be trained.
     *
     * @param stop what ended the training, null if it did not come that far
     */
    public TrainingJob failed(Instant now, @Nullable Stop stop, JobError error) {
        require("fail", JobStatus.RUNNING);
        return end(JobStatus.FAILED, now, JobEnding.failure(stop, error));
    }

    /** The same job with other transitions; for stores, which read them apart. */
    public TrainingJob with(List<JobTransition> others) {
        return new TrainingJob(
                id, submission, status, attempt, progress, createdAt, startedAt, finishedAt, ending, others);
    }

    private void require(String deed, JobStatus... allowed) {
        if (!Arrays.asList(allowed).contains(status)) {
            throw new ServiceException(
                    ErrorCode.JOB_STATE_CONFLICT,
                    "The job " + id + " is " + status.wireName() + " and cannot " + deed + ".");
        }
    }

    private TrainingJob next(JobStatus next, Instant now) {
        return new TrainingJob(
                id, submission, next, attempt, progress, createdAt, startedAt, finishedAt, ending, with(next, now));
    }

    private TrainingJob end(JobStatus next, Instant now, JobEnding how) {
        return new TrainingJob(
                id, submission, next, attempt, progress, createdAt, startedAt, now, how, with(next, now));
    }

    private List<JobTransition> with(JobStatus next, Instant now) {
        return Stream.concat(transitions.stream(), Stream.of(new JobTransition(next, now)))
                .toList();
    }
}
