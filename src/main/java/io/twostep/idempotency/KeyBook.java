package io.twostep.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys: those in use at this moment, which this process knows, and those of accepted requests, which the database
 * knows. So a key that was in use when the process died is free, unless what it was for is there.
 */
final class KeyBook {

    private final AcceptedRequests accepted;
    private final Duration keep;
    private final InstantSource clock;
    private final Set<Key> inUse = ConcurrentHashMap.newKeySet();

    /** A key and the method and path within which it counts. */
    record Key(String target, String value) {}

    /** @param keep how long accepted requests are known */
    KeyBook(AcceptedRequests accepted, Duration keep, InstantSource clock) {
        this.accepted = accepted;
        this.keep = keep;
        this.clock = clock;
    }

    /** Whether nobody uses the key; from now on the caller does. */
    boolean take(Key key) {
        return inUse.add(key);
    }

    void giveBack(Key key) {
        inUse.remove(key);
    }

    /** The request that was accepted under a key. Those that are too old are forgotten first: nothing else does it. */
    Optional<AcceptedRequest> find(Key key) {
        accepted.forget(now().minus(keep));
        return accepted.find(key.target(), key.value());
    }

    /** See {@link AcceptedRequests#add}. */
    void add(Key key, String sha256, String resourceId, boolean isNew) {
        accepted.add(new AcceptedRequest(key.target(), key.value(), sha256, resourceId, isNew, now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
