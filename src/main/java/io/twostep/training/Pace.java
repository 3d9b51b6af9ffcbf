package io.twostep.training;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Whether helpers are worth their while, found by trying: now and then some steps are made the other way, and the faster
 * way is kept. Helpers can be slower than none where the cores are wanted by other programs, or are not all alike; no
 * cause has to be known for that to be seen.
 */
final class Pace {

    /** The shortest time that tells something, in nanoseconds: several steps where they are short. */
    private static final long WINDOW = 5_000_000;

    /** The windows that are compared, the fastest of each way: noise only ever adds. */
    private static final int WINDOWS = 3;

    /** A trial that was in vain takes one part in so many of the time. */
    private static final int TRIALS_SHARE = 30;

    private static final long NEXT_TRIAL = 150_000_000;

    private final LongSupplier nanoTime;
    private final double[] usual = unknown();
    private final double[] tried = unknown();
    private boolean helped = true;
    private boolean trying;
    private long begun;
    private long steps;
    private int windows;
    private long trialTime;
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
        if (taken >= WINDOW) {
            windowEnded(now, (double) taken / steps);
            steps = 0;
            begun = now;
        }
    }

    private void windowEnded(long now, double nanosPerStep) {
        trialTime += now - begun;
        if (!trying) {
            usual[windows++ % WINDOWS] = nanosPerStep;
            if (windows >= WINDOWS && now - nextTrial >= 0) {
                helped = !helped;
                trying = true;
                trialTime = 0;
                windows = 0;
            }
        } else if (windows == 0) {
            windows++; // helpers wake, caches fill: not counted
        } else {
            tried[windows - 1] = nanosPerStep;
            if (windows++ == WINDOWS) {
                decide(now);
            }
        }
    }

    private void decide(long now) {
        trying = false;
        windows = 0;
        if (fastest(tried) < fastest(usual)) {
            System.arraycopy(tried, 0, usual, 0, WINDOWS);
            nextTrial = now + NEXT_TRIAL; // soon questioned: the first steps are slow for other reasons
        } else {
            helped = !helped;
            nextTrial = now + Math.max(NEXT_TRIAL, TRIALS_SHARE * trialTime);
        }
    }

    private static double fastest(double[] windows) {
        double fastest = windows[0];
        for (double window : windows) {
            fastest = Math.min(fastest, window);
        }
        return fastest;
    }

    private static double[] unknown() {
        double[] windows = new double[WINDOWS];
        Arrays.fill(windows, Double.POSITIVE_INFINITY);
        return windows;
    }
}
