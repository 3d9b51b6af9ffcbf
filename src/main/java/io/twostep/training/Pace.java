package io.twostep.training;

import java.util.function.LongSupplier;

/**
 * Whether helpers are worth their while, found by trying: now and then some steps are made the other way, and the faster
 * way is kept. Helpers can be slower than none where the cores are wanted by other programs, or are not all alike; no
 * cause has to be known for that to be seen.
 */
final class Pace {

    /** The shortest trial, in nanoseconds: several steps where they are short. */
    private static final long TRIAL = 5_000_000;

    /** A trial of the slower way takes at most one part in so many of the time. */
    private static final int TRIALS_SHARE = 30;

    private static final long NEXT_TRIAL = 150_000_000;

    private final LongSupplier nanoTime;
    private final double[] nanosPerStep = {Double.POSITIVE_INFINITY, 0};
    private boolean helped = true;
    private boolean trying;
    private long begun;
    private long steps;
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
        steps = 0;
        begun = nanoTime.getAsLong();
    }

    /** A step was made, right after the one before, and as large as all. */
    void step() {
        steps++;
        long now = nanoTime.getAsLong();
        long taken = now - begun;
        if (taken < TRIAL) {
            return;
        }
        nanosPerStep[helped ? 1 : 0] = (double) taken / steps;
        if (trying) {
            boolean before = !helped;
            helped = nanosPerStep[1] <= nanosPerStep[0];
            trying = false;
            // A change is soon questioned: the first steps are slow for other reasons.
            nextTrial = now + (helped == before ? Math.max(NEXT_TRIAL, TRIALS_SHARE * taken) : NEXT_TRIAL);
        } else if (now - nextTrial >= 0) {
            helped = !helped;
            trying = true;
        }
        steps = 0;
        begun = now;
    }
}
