package io.twostep.idempotency;

import java.time.Instant;

/**
 * A request with a key that made something, or found that it was there already.
 *
 * @param target its method and path, within which keys are told apart
 * @param sha256 of its query and its body
 * @param resourceId what it made
 * @param isNew false if that was there before
 */
public record AcceptedRequest(
        String target, String key, String sha256, String resourceId, boolean isNew, Instant acceptedAt) {}
