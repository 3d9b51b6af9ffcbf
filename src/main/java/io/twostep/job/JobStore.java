package io.twostep.job;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one kind. Writes are compare-and-set: they change a job only if it still stands where the writer believes,
 * and answer whether they did. They join the caller's transaction if there is one.
 *
 * @param <J> the kind
 */
public interface JobStore<J extends Job<J>> {

    /** Stores a job that was just accepted. */
    void add(J job);

    Optional<J> find(String id);

    /** The job, which nobody else changes until the transaction of the caller has ended. */
    Optional<J> lock(String id);

    /** Newest first, at most {@code limit}; {@code after} is the last id of the page before. */
    List<J> list(@Nullable String after, int limit);

    /**
     * Writes a transition: {@code after} in place of {@code before}, if the row still has the status and the attempt of
     * {@code before}. The progress is left alone: it belongs to the attempt. So is a count of
     * deaths that both have in common.
     */
    boolean replace(J before, J after);

    /** Writes the start of an attempt under the same condition, with its progress. */
    boolean claim(J queued, J running);

    /** How many jobs have a status. */
    long count(JobStatus status);

    /** How many jobs of this kind wait in front of one of that id and priority, be that of this kind or another. */
    long queuedBefore(String id, int priority);

    /** Whether a job that is not finished may still read the dataset. */
    boolean needsDataset(String datasetId);
}
