package io.twostep.job;

import io.twostep.training.RunState;
import io.twostep.training.TrainingListener;
import java.util.Optional;

/**
 * Follows a job while it runs. Reports are gathered and written together, so that a call is cheap. Where
 * {@link #cancelled()} says so, because the job was cancelled, paused or lost to another worker, its deadline has passed
 * or the service is leaving, the work stops within a batch and answers {@link Outcome.Stopped}.
 */
public interface ProgressListener extends TrainingListener {

    /** The work turned to something else. */
    void phase(JobPhase phase);

    /**
     * Training is about to begin, or to go on from where an earlier attempt was interrupted.
     *
     * @param fingerprint of all that the bits of the training depend on
     * @param reader makes its state out of the bytes of a checkpoint
     * @return the state from which it goes on; empty if it begins at the start
     */
    Optional<RunState> begin(String fingerprint, Checkpoints.Reader reader);

    /** Whether work that stops now should keep how far it has come, because the job goes on from there. */
    boolean keepsProgress();
}
