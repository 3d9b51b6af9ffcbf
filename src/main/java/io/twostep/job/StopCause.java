package io.twostep.job;

/** Why the work of an attempt is to stop before its end; of several causes the last in this order counts. */
enum StopCause {
    /** The service leaves; another goes on. */
    LEAVING,
    /** Somebody wants the job to wait. */
    PAUSED,
    /** The deadline has passed. */
    LATE,
    /** Somebody wants the job to end. */
    CANCELLED,
    /** Another attempt has the job. */
    LOST;

    /** Whether the job goes on later where the attempt has left off. */
    boolean keepsProgress() {
        return this == LEAVING || this == PAUSED;
    }

    /** The cause that an attempt sees from the status in which it finds its job. */
    static StopCause of(JobStatus found) {
        return switch (found) {
            case PAUSING -> PAUSED;
            case CANCELLING -> CANCELLED;
            default -> LOST;
        };
    }
}
