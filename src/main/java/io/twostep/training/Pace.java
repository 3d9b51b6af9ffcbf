package io.twostep.training;

import java.util.function.LongSupplier;

/**
 * Whether helpers are worth their while, found by trying: now and then some steps are made the other way, and the faster
 * way is kept. Helpers can be slower than none where the cores are wanted by other programs, or are not all alike; no
 * cause has to be known for that to be seen.
 */
final class Pace {

    /** Of a trial's length, the shortest. */
    private static final long TRIAL = 5_000_000;

    /** A trial of the slower way takes at most one part in so many of the time. */
    private static final int TRIALS_SHARE = 30;

    private static final long NEXT_TRIAL = 150_000_000;

    private final LongSupplier nanoTime;
    private final double[] nanosPerRow = {Double.POSITIVE_INFINITY, 0};
    private boolean helped = true;
    private boolean trying;
    private long begun;
    private long rows;
    private long nextTrial;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.nextTrial = begun + NEXT_TRIAL;
    }

    /** Whether the next step shall have help. */
    boolean helped() {
        return helped;
    }

    /** Time that passes before the next step has nothing to do with it. */
    void pause() {
        rows = 0;
        begun = nanoTime.getAsLong();
    }

    /** A step was made, right after the one before. */
    void step(int rowsOfStep) {
        rows += rowsOfStep;
        long now = nanoTime.getAsLong();
        long taken = now - begun;
        if (taken < TRIAL) {
            return;
        }
        nanosPerRow[helped ? 1 : 0] = (double) taken / rows;
        if (trying) {
            helped = nanosPerRow[1] <= nanosPerRow[0];
            trying = false;
            nextTrial = now + Math.max(NEXT_TRIAL, TRIALS_SHARE * taken);
        } else if (now - nextTrial >= 0) {
            helped = !helped;
            trying = true;
        }
        rows = 0;
        begun = now;
    }
}
