package io.twostep.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;

/**
 * Remembers for a moment which version under each name is the latest. What this process publishes it knows at once, what
 * another one publishes when it asks again. Numbers only grow: of two answers the higher one is the newer.
 */
final class LatestVersions {

    static final Duration REMEMBERED = Duration.ofSeconds(1);

    private record Known(int version, Instant asked) {

        private boolean isFresh(Instant now) {
            return !now.isBefore(asked) && now.isBefore(asked.plus(REMEMBERED));
        }

        private Known and(Known other) {
            return version > other.version || (version == other.version && asked.isAfter(other.asked)) ? this : other;
        }
    }

    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

    /** How many publications are on their way; what is remembered under these names is not relied upon. */
    private final ConcurrentMap<String, Integer> publishing = new ConcurrentHashMap<>();

    private final ToIntFunction<String> source;
    private final InstantSource clock;

    /** @param source the latest version under a name; throws if there is none */
    LatestVersions(ToIntFunction<String> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    int of(String name) {
        Instant now = clock.instant();
        Known remembered = known.get(name);
        if (remembered != null && remembered.isFresh(now) && !publishing.containsKey(name)) {
            return remembered.version;
        }
        return remember(name, new Known(source.applyAsInt(name), now));
    }

    /** A version may appear from now on, at a moment that only the database knows. */
    void publicationBegins(String name) {
        publishing.merge(name, 1, Integer::sum);
    }

    /** The version is there. */
    void published(String name, int version) {
        remember(name, new Known(version, clock.instant()));
    }

    /** The publication is over, whether it came to anything or not. */
    void publicationEnds(String name) {
        publishing.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
    }

    private int remember(String name, Known answer) {
        return known.merge(name, answer, Known::and).version;
    }
}
