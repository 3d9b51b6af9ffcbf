package io.twostep.job;

import io.twostep.training.TrainingListener;

/**
 * Follows a job while it runs. Reports are gathered and written together, so that a call is cheap. Where
 * {@link #cancelled()} says so, because the job was cancelled or lost to another worker or the service is leaving, the
 * work stops within a batch and answers {@link Outcome.Stopped}.
 */
public interface ProgressListener extends TrainingListener {

    /** The work turned to something else. */
    void phase(JobPhase phase);
}
