package io.twostep.training;

import java.util.Locale;

/** Why training ended. */
public enum StopReason {
    /** The loss reached its target. */
    CONVERGED,
    /** No progress for as many epochs as patience allows. */
    EARLY_STOPPED,
    /** All epochs were done. */
    MAX_EPOCHS,
    /** The time was up. */
    MAX_RUNTIME,
    /** So many steps were done. */
    MAX_STEPS,
    /** The loss or a parameter is no longer a finite number. */
    DIVERGED,
    /** Somebody asked for it. */
    CANCELLED;

    /** The name used on the wire, as in {@code max_epochs}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
