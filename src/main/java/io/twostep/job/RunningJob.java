package io.twostep.job;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt while it runs in this process: does the work and gathers how far it has come, which is written from time
 * to time; learns from the answers that the job was cancelled, paused or lost.
 */
public abstract class RunningJob<J extends Job<J>> {

    private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

    private final J job;
    private final BooleanSupplier leaving;
    private final Object writing = new Object();
    private final AtomicReference<@Nullable StopCause> told = new AtomicReference<>();

    /** @param leaving whether the service is shutting down */
    protected RunningJob(J job, BooleanSupplier leaving) {
        this.job = job;
        this.leaving = leaving;
    }

    public final J job() {
        return job;
    }

    /**
     * Whether the work is to stop: the job was cancelled, paused or lost to another worker, its deadline has passed, or
     * the service is leaving.
     */
    public final boolean cancelled() {
        return stopCause() != null;
    }

    /**
     * Whether work that stops now should keep how far it has come, because the job goes on from there: it was paused, or
     * the service is leaving. Where the job was cancelled, is late or is another's by now, nobody would ask for it.
     */
    public final boolean keepsProgress() {
        StopCause cause = stopCause();
        return cause != null && cause.keepsProgress();
    }

    /**
     * Does the work. Whatever was gathered must be flushed before there is a result that has to be discarded: afterwards
     * nobody would.
     *
     * @throws java.util.concurrent.CancellationException if it stopped because of {@link #cancelled()}
     * @throws RuntimeException if it cannot be done; the job then fails and is not tried again
     */
    protected abstract Conclusion<J> work();

    /**
     * Writes what was gathered since the last time; called by one thread at a time.
     *
     * @return the status the attempt found itself in; empty if the job is no longer this attempt's
     */
    protected abstract Optional<JobStatus> report();

    /** The attempt is over, and what became of the job is written. */
    protected void left() {}

    final boolean isLeaving() {
        return leaving.getAsBoolean();
    }

    final void stop(StopCause cause) {
        told.accumulateAndGet(cause, (one, other) -> one == null || one.compareTo(other) < 0 ? other : one);
    }

    final void stopIfLate(Instant now) {
        if (job.isLate(now)) {
            stop(StopCause.LATE);
        }
    }

    /** Writes what was gathered. If the database does not take it, it is kept for the next time. */
    protected final void flush() {
        synchronized (writing) {
            JobStatus found = report().orElse(null);
            if (found != JobStatus.RUNNING) {
                stop(found == null ? StopCause.LOST : StopCause.of(found));
            }
        }
    }

    /** {@link #flush} where an exception would end a timer, or hide another. */
    final void flushIfPossible() {
        try {
            flush();
        } catch (RuntimeException e) {
            log.warn("The progress of {} could not be written; trying again soon", job.id(), e);
        }
    }

    /** Does something that a report must not come between. */
    protected final void whileNobodyReports(Runnable action) {
        synchronized (writing) {
            action.run();
        }
    }

    private @Nullable StopCause stopCause() {
        StopCause cause = told.get();
        return cause == null && isLeaving() ? StopCause.LEAVING : cause;
    }
}
