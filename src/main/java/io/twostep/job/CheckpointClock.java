package io.twostep.job;

import java.time.Duration;

/**
 * When a state is worth writing down: between epochs once the interval is over; within an epoch that takes longer than
 * that, before it has passed twice.
 */
final class CheckpointClock {

    private static final double LATEST = 1.8;

    private final long interval;
    private long last;

    /** @param now nanoseconds, as {@link System#nanoTime} */
    CheckpointClock(Duration interval, long now) {
        this.interval = interval.toNanos();
        this.last = now;
    }

    boolean isDue(boolean betweenEpochs, long now) {
        long passed = now - last;
        return passed >= interval && (betweenEpochs || passed >= LATEST * interval);
    }

    void written(long now) {
        last = now;
    }
}
