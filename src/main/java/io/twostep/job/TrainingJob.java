package io.twostep.job;

import io.twostep.model.Evaluations;
import io.twostep.training.Stop;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training job at one moment.
 *
 * @param ending how it ended, null until it is finished
 */
public record TrainingJob(
        JobLife life,
        JobSubmission submission,
        JobProgress progress,
        @Nullable JobEnding ending) implements Job<TrainingJob> {

    static final JobKind<JobSubmission, TrainingJob> KIND = new JobKind<>("train", "training job", TrainingJob::queued);

    /** A job that was just accepted. */
    public static TrainingJob queued(String id, JobSubmission submission, Instant now) {
        return new TrainingJob(JobLife.queued(id, now), submission, JobProgress.NONE, null);
    }

    @Override
    public TrainingJob started(Instant now) {
        return new TrainingJob(life.started(now), submission, progress.in(JobPhase.LOADING), null);
    }

    @Override
    public TrainingJob requeued(Instant now) {
        return in(life.requeued(now));
    }

    @Override
    public TrainingJob bereaved(Instant now) {
        return in(life.bereaved(now));
    }

    @Override
    public TrainingJob pauseRequested(Instant now) {
        return in(life.pauseRequested(now));
    }

    @Override
    public TrainingJob paused(Instant now) {
        return in(life.paused(now));
    }

    @Override
    public TrainingJob resumed(Instant now) {
        return in(life.resumed(now));
    }

    @Override
    public TrainingJob cancelRequested(Instant now) {
        JobLife next = life.cancelRequested(now);
        return next.status() == JobStatus.CANCELLED ? end(next, JobEnding.cancellation()) : in(next);
    }

    @Override
    public TrainingJob cancelled(Instant now) {
        return end(life.cancelled(now), JobEnding.cancellation());
    }

    /** It is trained, and published as {@code modelVersion}. */
    public TrainingJob succeeded(Instant now, Stop stop, int modelVersion) {
        return end(life.succeeded(now), JobEnding.success(stop, modelVersion));
    }

    /** The model that was to be made again is made and compared; nothing is published. */
    public TrainingJob reproduced(Instant now, Stop stop, boolean identical) {
        return end(life.succeeded(now), JobEnding.reproduction(stop, identical));
    }

    /** The model of a part is trained and judged; nothing is published. */
    public TrainingJob judged(Instant now, Stop stop, Evaluations evaluation) {
        return end(life.succeeded(now), JobEnding.part(stop, evaluation));
    }

    @Override
    public TrainingJob failed(Instant now, JobError error) {
        return failed(now, null, error);
    }

    /**
     * It cannot be trained.
     *
     * @param stop what ended the training, null if it did not come that far
     */
    public TrainingJob failed(Instant now, @Nullable Stop stop, JobError error) {
        return end(life.failed(now), JobEnding.failure(stop, error));
    }

    @Override
    public TrainingJob expired(Instant now) {
        return end(life.expired(now), JobEnding.expiry());
    }

    @Override
    public @Nullable Instant deadline() {
        return submission.deadline();
    }

    @Override
    public int priority() {
        return submission.priority();
    }

    @Override
    public @Nullable String endReason() {
        return ending == null ? null : ending.stopReason();
    }

    /** The same job with other transitions; for stores, which read them apart. */
    public TrainingJob with(List<JobTransition> others) {
        return in(life.with(others));
    }

    private TrainingJob in(JobLife next) {
        return new TrainingJob(next, submission, progress, ending);
    }

    private TrainingJob end(JobLife last, JobEnding how) {
        return new TrainingJob(last, submission, progress, how);
    }
}
