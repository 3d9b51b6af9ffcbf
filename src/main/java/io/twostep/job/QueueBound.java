package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many jobs may wait, and how many of one caller. */
public final class QueueBound {

    /** Who waits for the gate holds a connection of the pool, which others need. */
    private static final int MOST_AT_THE_GATE = 2;

    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore atTheGate = new Semaphore(MOST_AT_THE_GATE, true);
    private final QueueGate gate;
    private final int most;
    private final int mostOfOne;

    QueueBound(QueueGate gate, int most, int mostOfOne) {
        this.gate = gate;
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /**
     * Accepts a job when not too many others are being accepted.
     *
     * @param accepting the whole transaction
     * @throws ServiceException {@link ErrorCode#BUSY}
     */
    void pass(Runnable accepting) {
        if (!entered()) {
            throw new ServiceException(ErrorCode.BUSY, "Other jobs are being accepted; ask again in a moment.");
        }
        try {
            accepting.run();
        } finally {
            atTheGate.release();
        }
    }

    private boolean entered() {
        try {
            return atTheGate.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Makes sure that there is room for one more, until the transaction of the caller has ended.
     *
     * @throws ServiceException {@link ErrorCode#QUEUE_FULL}
     */
    void requireRoom(String caller) {
        gate.close();
        if (gate.waiting() >= most) {
            throw new ServiceException(
                    ErrorCode.QUEUE_FULL, "%d jobs wait, as many as twostep.job.max-queued allows.".formatted(most));
        }
        if (gate.waiting(caller) >= mostOfOne) {
            throw new ServiceException(
                    ErrorCode.QUEUE_FULL,
                    "%d jobs from this address wait, as many as twostep.job.max-queued-per-caller allows."
                            .formatted(mostOfOne));
        }
    }

    /** Charges a caller with a job that was given a place. */
    void charge(JobKind<?, ?> kind, Job<?> job, @Nullable String caller) {
        gate.enter(kind.task(), job.id(), caller);
    }
}
