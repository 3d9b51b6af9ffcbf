package io.twostep.search;

import io.twostep.kind.Bounds;
import io.twostep.kind.Within;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a search may take beside its trials.
 *
 * @param maxSeconds after which no trial begins and those that run are stopped; null for no such bound
 */
public record Budget(
        @Within(above = 0, atMost = Budget.MOST_SECONDS) @Nullable
        Double maxSeconds) {

    /** A year. */
    static final double MOST_SECONDS = 31_536_000;

    static final Budget NONE = new Budget(null);

    private static final double MILLIS = 1000;

    public Budget {
        Bounds.check(Budget.class, maxSeconds);
    }

    /** When the time of a search is over that began then; null if it never is. */
    @Nullable
    Instant end(Instant start) {
        return maxSeconds == null ? null : start.plus(Duration.ofMillis((long) (maxSeconds * MILLIS)));
    }
}
