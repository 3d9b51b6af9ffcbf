package io.twostep.matrix;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Who computes on the cores at present. A training that could use more than one asks here before each piece of work, so
 * that trainings share the cores and requests find one free: helpers stand back while a request is being answered and a
 * moment longer, since another often follows.
 */
public final class Cores {

    private static final Cores MACHINE = new Cores(Runtime.getRuntime().availableProcessors());

    private static final long MOMENT = 10_000_000;

    private final int count;
    private final AtomicInteger trainings = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong lastRequest;
    private final LongSupplier nanoTime;

    /** @param count how many cores are shared, at least one */
    public Cores(int count) {
        this(count, System::nanoTime);
    }

    /** @param nanoTime a clock as {@link System#nanoTime} */
    public Cores(int count, LongSupplier nanoTime) {
        this.count = count;
        this.nanoTime = nanoTime;
        this.lastRequest = new AtomicLong(nanoTime.getAsLong() - MOMENT);
    }

    /** Those that this process may use. */
    public static Cores ofThisMachine() {
        return MACHINE;
    }

    public int count() {
        return count;
    }

    /** How many threads may help each training at this moment. */
    public int helpers() {
        int training = Math.max(1, trainings.get());
        return Math.max(0, count - training - serving()) / training;
    }

    private int serving() {
        int present = requests.get();
        return present > 0 || nanoTime.getAsLong() - lastRequest.get() >= MOMENT ? present : 1;
    }

    /** A training begins; it has one thread of its own. */
    public void beginTraining() {
        trainings.incrementAndGet();
    }

    public void endTraining() {
        trainings.decrementAndGet();
    }

    /** A request is about to be answered. */
    public void beginRequest() {
        requests.incrementAndGet();
    }

    public void endRequest() {
        lastRequest.set(nanoTime.getAsLong());
        requests.decrementAndGet();
    }
}
