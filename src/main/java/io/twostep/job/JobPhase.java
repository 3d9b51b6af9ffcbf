package io.twostep.job;

import java.util.Locale;

/** What a running job is busy with. */
public enum JobPhase {
    AWAITING_MEMORY,
    LOADING,
    PREPROCESSING,
    TRAINING,
    EVALUATING,
    SAVING;

    /** The name on the wire and in the database, as in {@code training}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobPhase of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
