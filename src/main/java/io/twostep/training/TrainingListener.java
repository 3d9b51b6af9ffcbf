package io.twostep.training;

/** Whoever follows a training; called on the training thread. */
public interface TrainingListener {

    void epochFinished(EpochReport report);

    /** Asked before every batch; must be cheap. */
    boolean cancelled();

    /** Hears nothing and never cancels. */
    TrainingListener NONE = new TrainingListener() {
        @Override
        public void epochFinished(EpochReport report) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };
}
