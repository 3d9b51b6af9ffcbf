package io.twostep.job;

import org.jspecify.annotations.Nullable;

/** The entrance of the queue that all kinds of jobs share. */
public interface QueueGate {

    /**
     * Lets nobody else in until the transaction of the caller has ended, so that the queue is no longer than it was
     * counted.
     *
     * @throws io.twostep.error.ServiceException {@link io.twostep.error.ErrorCode#BUSY} if another does not leave it
     */
    void close();

    /** How many jobs wait, be it for a worker or to be resumed. */
    long waiting();

    /** How many of these somebody has asked for. */
    long waiting(String caller);

    /** Notes who has asked for the job that was given a place; null if nobody shall be charged with it. */
    void enter(String task, String jobId, @Nullable String caller);
}
