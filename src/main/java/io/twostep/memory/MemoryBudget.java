package io.twostep.memory;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * A fixed number of bytes, from which whatever needs much memory reserves before it begins. Nothing is measured: who
 * reserves knows by arithmetic what it will need at most.
 *
 * <p>A request gets what it needs at once or is refused; a job waits, in the order of arrival. Jobs may not take
 * everything, so that requests are answered while they run. What jobs leave, requests may take; but what the first job
 * in the line is about to take is kept for it, so that many small requests cannot keep a large job waiting. What no job
 * can have, requests always may.
 */
public final class MemoryBudget {

    /** How soon a job that waits sees that it is to stop. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long MEGABYTE = 1 << 20;

    private final String property;
    private final long bytes;
    private final long mostOfJobs;
    private final List<LongConsumer> savers = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Deque<Waiting> line = new ArrayDeque<>();
    private long heldByJobs;
    private long heldByRequests;

    /** A job in the line. */
    private static final class Waiting {
        private final long bytes;

        private Waiting(long bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * @param property that says how large the budget is, for those who are refused
     * @param bytes of all jobs and requests together
     * @param mostOfJobs bytes of all jobs together
     */
    public MemoryBudget(String property, long bytes, long mostOfJobs) {
        if (mostOfJobs < 0 || mostOfJobs > bytes) {
            throw new IllegalArgumentException("jobs cannot take " + mostOfJobs + " of " + bytes + " bytes");
        }
        this.property = property;
        this.bytes = bytes;
        this.mostOfJobs = mostOfJobs;
    }

    public long bytes() {
        return bytes;
    }

    /** The most that jobs can take, all together. */
    public long mostOfJobs() {
        return mostOfJobs;
    }

    /** Bytes that are taken at present. */
    public long reserved() {
        lock.lock();
        try {
            return heldByJobs + heldByRequests;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody who holds what can be made again is asked to let go of it when there is too little for others.
     *
     * @param saver is told how many bytes are missing; may be called by any thread
     */
    public void whenShort(LongConsumer saver) {
        savers.add(saver);
    }

    /**
     * Reserves for a request.
     *
     * @throws ServiceException {@link ErrorCode#REQUEST_TOO_LARGE} if there can never be so much,
     *     {@link ErrorCode#BUSY} if there is not now
     */
    public Reservation reserve(long wanted) {
        return reserve(wanted, Duration.ZERO);
    }

    /** The same, but waits for a while before it refuses. */
    public Reservation reserve(long wanted, Duration patience) {
        Held held = new Held(false);
        take(held, wanted, patience.toNanos());
        return held;
    }

    /**
     * Makes sure that a request can be answered at all.
     *
     * @throws ServiceException {@link ErrorCode#REQUEST_TOO_LARGE}
     */
    public void requirePossible(long wanted) {
        if (wanted > bytes) {
            throw new ServiceException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "The request needs %s of memory, more than the %s that %s allows."
                            .formatted(told(wanted), told(bytes), property));
        }
    }

    /**
     * Makes sure that a job can be run at all.
     *
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     */
    public void requireFits(long wanted) {
        if (wanted > mostOfJobs) {
            throw new ServiceException(
                    ErrorCode.JOB_TOO_LARGE,
                    "The job needs %s of memory, and jobs may take %s of the %s that %s allows."
                            .formatted(told(wanted), told(mostOfJobs), told(bytes), property));
        }
    }

    /**
     * Reserves for a job, which waits for its turn and for its room. The reservation can shrink, but does not grow.
     *
     * @param stopped whether the job is to stop, asked while it waits
     * @param waits called once if it has to wait
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     * @throws CancellationException if it stopped
     */
    public Reservation await(long wanted, BooleanSupplier stopped, Runnable waits) {
        requireFits(wanted);
        Waiting place = new Waiting(wanted);
        enter(place);
        try {
            boolean told = false;
            while (!taken(place)) {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException("The job stopped while it waited for memory.");
                }
                if (!told) {
                    told = true;
                    waits.run();
                }
                save(missing(place));
                awaitFreed(place);
            }
            return held(wanted);
        } finally {
            leave(place);
        }
    }

    private void enter(Waiting place) {
        lock.lock();
        try {
            line.addLast(place);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiting place) {
        lock.lock();
        try {
            if (line.remove(place)) {
                freed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what the job waits for, and its place from the line, if it is its turn. */
    private boolean taken(Waiting place) {
        lock.lock();
        try {
            if (!isNext(place)) {
                return false;
            }
            line.removeFirst();
            heldByJobs += place.bytes;
            freed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Held held(long ofJob) {
        Held held = new Held(true);
        held.bytes = ofJob;
        return held;
    }

    private void awaitFreed(Waiting place) {
        lock.lock();
        try {
            long left = LOOK_EVERY_NANOS;
            while (left > 0 && !isNext(place)) {
                left = freed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException stop = new CancellationException("The job was interrupted while it waited.");
            stop.initCause(e);
            throw stop;
        } finally {
            lock.unlock();
        }
    }

    /** What requests keep from the first job in the line; 0 where it is other jobs that it waits for. */
    private long missing(Waiting place) {
        lock.lock();
        try {
            return line.peekFirst() == place && isHeldUpByRequests(place) ? lacks(place) : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is the job's turn, and what it wants is there. */
    private boolean isNext(Waiting place) {
        return line.peekFirst() == place && lacks(place) <= 0;
    }

    private long lacks(Waiting place) {
        return Math.max(heldByJobs + place.bytes - mostOfJobs, heldByJobs + heldByRequests + place.bytes - bytes);
    }

    private boolean isHeldUpByRequests(Waiting place) {
        return heldByJobs + place.bytes <= mostOfJobs;
    }

    private void take(Held held, long wanted, long patience) {
        requirePossible(wanted);
        long missing = missingAfterTaking(held, wanted);
        if (missing > 0) {
            save(missing);
            missing = missingAfterWaiting(held, wanted, patience);
        }
        if (missing > 0) {
            throw new ServiceException(
                    ErrorCode.BUSY,
                    "Other work has taken the memory that %s allows; ask again in a moment.".formatted(property));
        }
    }

    private long missingAfterWaiting(Held held, long wanted, long patience) {
        long left = patience;
        lock.lock();
        try {
            long missing = missingAfterTaking(held, wanted);
            while (missing > 0 && left > 0) {
                left = freed.awaitNanos(left);
                missing = missingAfterTaking(held, wanted);
            }
            return missing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the bytes of a request if none are missing, and tells how many are. */
    private long missingAfterTaking(Held held, long wanted) {
        lock.lock();
        try {
            if (held.closed) {
                return 0;
            }
            Waiting first = line.peekFirst();
            boolean own = heldByRequests + wanted <= bytes - mostOfJobs; // no job could ever have these
            long promised = first != null && !own && isHeldUpByRequests(first) ? first.bytes : 0;
            long missing = heldByJobs + heldByRequests + promised + wanted - bytes;
            if (missing <= 0) {
                heldByRequests += wanted;
                held.bytes += wanted;
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    private void save(long missing) {
        if (missing > 0) {
            savers.forEach(saver -> saver.accept(missing));
        }
    }

    private static String told(long bytes) {
        return bytes < MEGABYTE ? bytes + " bytes" : (bytes + MEGABYTE - 1) / MEGABYTE + " MB";
    }

    private final class Held implements Reservation {

        private final boolean ofJob;
        private long bytes;
        private boolean closed;

        private Held(boolean ofJob) {
            this.ofJob = ofJob;
        }

        @Override
        public void grow(long more) {
            if (ofJob) {
                throw new IllegalStateException("A job reserves all that it needs before it begins.");
            }
            take(this, more, 0);
        }

        @Override
        public long bytes() {
            lock.lock();
            try {
                return bytes;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void shrink(long less) {
            lock.lock();
            try {
                if (closed || less == 0) {
                    return;
                }
                if (less < 0 || less > bytes) {
                    throw new IllegalArgumentException("cannot give back " + less + " of " + bytes + " bytes");
                }
                bytes -= less;
                if (ofJob) {
                    heldByJobs -= less;
                } else {
                    heldByRequests -= less;
                }
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                shrink(bytes);
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
