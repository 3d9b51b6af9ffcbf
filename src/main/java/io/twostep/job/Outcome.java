package io.twostep.job;

import io.twostep.model.NewModel;
import io.twostep.training.Stop;
import org.jspecify.annotations.Nullable;

/** How a training came out. */
public sealed interface Outcome {

    /** There is a model. */
    record Trained(NewModel model, Stop stop) implements Outcome {}

    /**
     * There is none, and trying again would not help.
     *
     * @param stop what ended the training, null if it did not come that far
     */
    record Failed(@Nullable Stop stop, JobError error) implements Outcome {}

    /** The work obeyed {@link ProgressListener#cancelled()}. */
    record Stopped() implements Outcome {}
}
