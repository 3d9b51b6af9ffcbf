package io.twostep.idempotency;

import java.time.Instant;
import java.util.Optional;

/** The requests with a key that were accepted. */
public interface AcceptedRequests {

    Optional<AcceptedRequest> find(String target, String key);

    /**
     * Writes a request down, in the transaction of the caller, so that what it made becomes visible with it or not at
     * all. Throws if its key is there already, be it that another process has just written it: the transaction must not
     * go on.
     */
    void add(AcceptedRequest request);

    /** Forgets the requests accepted before that moment. */
    void forget(Instant before);
}
