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
