package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training jobs and their loss histories. Writes are compare-and-set: they change a job only if it still stands
 * where the writer believes, and answer whether they did. They join the caller's transaction if there is one.
 */
public interface TrainingJobs {

    /** Stores a job that was just accepted. */
    void add(TrainingJob job);

    Optional<TrainingJob> find(String id);

    /** Newest first, at most {@code limit}; {@code after} is the last id of the page before. */
    List<TrainingJob> list(@Nullable String after, int limit);

    /**
     * Writes a transition: {@code after} in place of {@code before}, if the row still has the status and the attempt of
     * {@code before}. The progress is left alone: it belongs to {@link #report}.
     */
    boolean replace(TrainingJob before, TrainingJob after);

    /**
     * Writes the start of an attempt under the same condition, and forgets the progress and the loss history of the
     * attempt before.
     */
    boolean claim(TrainingJob queued, TrainingJob running);

    /**
     * Writes how far an attempt has come and appends to its loss history.
     *
     * @return the status the attempt found itself in; empty, with nothing written, if the job is no longer this
     *     attempt's
     */
    Optional<JobStatus> report(String id, int attempt, JobProgress progress, List<EpochReport> rows);

    /** The loss history after an epoch, oldest first, at most {@code limit} rows. */
    List<EpochReport> history(String id, int afterEpoch, int limit);

    /** How many jobs have a status. */
    long count(JobStatus status);

    /** How many jobs wait in front of this one. */
    long queuedBefore(String id);

    /** Whether a job that is not finished will read the dataset. */
    boolean needsDataset(String datasetId);
}
