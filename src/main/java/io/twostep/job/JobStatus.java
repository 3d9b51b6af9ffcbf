package io.twostep.job;

import java.util.Locale;

/**
 * Where a job stands.
 *
 * <pre>
 *            ┌───────────┐ (its worker died or left)
 *            v           │
 *   ┌───> queued ───> running ───> succeeded | failed
 *   │        │           │
 *   │        v           v
 *   └───── paused <─── pausing
 *            │           │
 *            v           v
 *        cancelled <── cancelling
 * </pre>
 *
 * A queued job may be cancelled at once and a running one told to stop; a queued job whose deadline has passed fails.
 */
public enum JobStatus {
    QUEUED,
    RUNNING,
    PAUSING,
    PAUSED,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether this is the end: a finished job never changes again. */
    public boolean isFinished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether an attempt has the job. */
    public boolean isHeld() {
        return this == RUNNING || this == PAUSING || this == CANCELLING;
    }

    /** The name on the wire and in the database, as in {@code queued}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
