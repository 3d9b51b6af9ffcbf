package io.twostep.job;

/** The work of a training job, from its request to a trained model. Knows nothing of queues and rows. */
@FunctionalInterface
public interface TrainingWork {

    /**
     * Trains. Called by several threads at once, for different jobs.
     *
     * @throws RuntimeException if the job cannot be trained; it then fails and is not tried again
     */
    Outcome run(TrainingJob job, ProgressListener listener);
}
