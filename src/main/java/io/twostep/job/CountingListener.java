package io.twostep.job;

import io.twostep.observability.Meters;
import io.twostep.training.EpochReport;
import io.twostep.training.RunState;
import io.twostep.training.TrainingListener;

/**
 * Counts the epochs on their way to another listener.
 *
 * @param rows learned from in each
 */
record CountingListener(TrainingListener to, Meters meters, int rows) implements TrainingListener {

    @Override
    public void epochFinished(EpochReport report, int bestEpoch) {
        meters.epochFinished(rows);
        to.epochFinished(report, bestEpoch);
    }

    @Override
    public boolean cancelled() {
        return to.cancelled();
    }

    @Override
    public void betweenSteps(RunState state) {
        to.betweenSteps(state);
    }

    @Override
    public void interrupted(RunState state) {
        to.interrupted(state);
    }
}
