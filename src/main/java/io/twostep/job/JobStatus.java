package io.twostep.job;

import java.util.Locale;

/**
 * Where a training job stands.
 *
 * <pre>
 * queued ──> running ──> succeeded | failed
 *   │  ^        │
 *   │  └────────┤ (its worker died or left)
 *   v           v
 * cancelled <── cancelling
 * </pre>
 */
public enum JobStatus {
    QUEUED,
    RUNNING,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether this is the end: a finished job never changes again. */
    public boolean isFinished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The name on the wire and in the database, as in {@code queued}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
