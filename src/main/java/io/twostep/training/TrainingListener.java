package io.twostep.training;

/** Whoever follows a training; called on the training thread. */
public interface TrainingListener {

    /**
     * An epoch is done.
     *
     * @param bestEpoch the one with the lowest watched loss so far
     */
    void epochFinished(EpochReport report, int bestEpoch);

    /** Asked before every batch; must be cheap. */
    boolean cancelled();

    /**
     * Called before every batch: the state may be written down now. It is only valid during the call, which keeps the
     * training waiting.
     */
    default void betweenSteps(RunState state) {}

    /** The run ends here because of {@link #cancelled()}; as {@link #betweenSteps}. */
    default void interrupted(RunState state) {}

    /** Hears nothing and never cancels. */
    TrainingListener NONE = new TrainingListener() {
        @Override
        public void epochFinished(EpochReport report, int bestEpoch) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };
}
