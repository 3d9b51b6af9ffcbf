package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The memory outside of the Java heap with which tables are read: each that is open may take as much as
 * {@link DatasetProperties#memory()} says, so only so many may be open at the same time.
 */
public final class TableMemory {

    private static final long PATIENCE_SECONDS = 5;

    private final MemoryBudget budget;
    private final long each;
    private final Semaphore looking = new Semaphore(1, true);

    TableMemory(DatasetProperties properties) {
        this.each = properties.memory().toBytes();
        long all = Math.multiplyExact(each, properties.openTables());
        this.budget = new MemoryBudget("twostep.dataset.memory, times twostep.dataset.open-tables,", all, all - each);
    }

    /** Bytes that are reserved at present. */
    long reserved() {
        return budget.reserved();
    }

    /** Bytes that can be. */
    long bytes() {
        return budget.bytes();
    }

    /**
     * Reserves what a request needs that opens a table; the caller closes it.
     *
     * @param patience how long it waits for others
     * @throws ServiceException {@link ErrorCode#BUSY}
     */
    Reservation reserve(Duration patience) {
        return budget.reserve(each, patience);
    }

    /**
     * Makes sure that a job may open so many tables at the same time.
     *
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     */
    public void requireFits(int tables) {
        budget.requireFits(tables * each);
    }

    /**
     * Reserves what a job needs that opens so many tables; the caller closes it.
     *
     * @param stopped whether the job is to stop, asked while it waits
     * @param waits called once if it has to wait
     * @throws java.util.concurrent.CancellationException if it stopped
     */
    public Reservation await(int tables, BooleanSupplier stopped, Runnable waits) {
        return budget.await(tables * each, stopped, waits);
    }

    /**
     * Has a look at a few rows, which takes some milliseconds: in a room of its own, one look after the other, so that
     * nobody is refused it because others read whole tables.
     *
     * @throws ServiceException {@link ErrorCode#BUSY}
     */
    <T> T look(Supplier<T> look) {
        if (!entered()) {
            throw new ServiceException(ErrorCode.BUSY, "Others look at tables; ask again in a moment.");
        }
        try {
            return look.get();
        } finally {
            looking.release();
        }
    }

    private boolean entered() {
        try {
            return looking.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
