package io.twostep.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of some kind at one moment, as the queue sees it. Immutable: every transition returns the job that follows, or
 * throws as {@link JobLife} does.
 *
 * @param <J> the kind
 */
public interface Job<J extends Job<J>> {

    JobLife life();

    /** See {@link JobLife#started}. */
    J started(Instant now);

    /** See {@link JobLife#requeued}. */
    J requeued(Instant now);

    /** See {@link JobLife#bereaved}. */
    J bereaved(Instant now);

    /** See {@link JobLife#pauseRequested}. */
    J pauseRequested(Instant now);

    /** See {@link JobLife#paused}. */
    J paused(Instant now);

    /** See {@link JobLife#resumed}. */
    J resumed(Instant now);

    /** See {@link JobLife#cancelRequested}. */
    J cancelRequested(Instant now);

    /** See {@link JobLife#cancelled}. */
    J cancelled(Instant now);

    /** Trying again would not help. */
    J failed(Instant now, JobError error);

    /** See {@link JobLife#expired}. */
    J expired(Instant now);

    /** The instant by which it must have finished; null if there is none. */
    default @Nullable Instant deadline() {
        return null;
    }

    /** Of two jobs that wait, that of the higher priority is the next, whichever came first. */
    default int priority() {
        return 0;
    }

    /** Whether it can no longer finish in time. */
    default boolean isLate(Instant now) {
        Instant deadline = deadline();
        return deadline != null && now.isAfter(deadline);
    }

    /** One of few words for what ended it; null until then. */
    @Nullable
    String endReason();

    default String id() {
        return life().id();
    }

    default JobStatus status() {
        return life().status();
    }

    /** How many times it was started. */
    default int attempt() {
        return life().attempt();
    }

    default Instant createdAt() {
        return life().createdAt();
    }

    /** When the present attempt began. */
    default @Nullable Instant startedAt() {
        return life().startedAt();
    }

    default @Nullable Instant finishedAt() {
        return life().finishedAt();
    }

    /** Every status it took on, oldest first. */
    default List<JobTransition> transitions() {
        return life().transitions();
    }
}
