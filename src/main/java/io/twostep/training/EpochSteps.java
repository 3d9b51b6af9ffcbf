package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Network;
import org.jspecify.annotations.Nullable;

/** The steps of an epoch, one after the other. All buffers are made at the start. */
interface EpochSteps {

    /**
     * The steps of a run.
     *
     * @param crew that shares the work
     * @param run changed by each step
     */
    static EpochSteps of(
            Network network, Arithmetic arithmetic, TrainingSpec spec, Examples examples, Crew crew, RunState run) {
        Partition partition = partition(network, spec, examples);
        return spec.optimizer() instanceof Lbfgs
                ? new FullBatchSteps(network, arithmetic, spec, examples, partition, crew, run)
                : new Steps(network, arithmetic, spec, examples, partition, crew, run);
    }

    /** How their work is cut. */
    static Partition partition(Network network, TrainingSpec spec, Examples examples) {
        return Partition.of(network, rowsTogether(network, spec, examples.rows()));
    }

    /**
     * How many rows go through the network together.
     *
     * @param rows to learn from, or more
     */
    static int rowsTogether(Network network, TrainingSpec spec, long rows) {
        int most = spec.optimizer() instanceof Lbfgs ? FullBatchSteps.rowsTogether(network) : spec.batchSize();
        return (int) Math.min(most, rows);
    }

    /** How many steps an epoch has. */
    int count();

    /** Makes ready for an epoch, 1 for the first. */
    void beginEpoch(int epoch);

    /**
     * Makes a step; the first of an epoch is 0. An epoch may be taken up anywhere, but then each step must follow the one
     * before.
     *
     * @return the loss's total over its rows
     */
    double step(int index);

    /** The length of the gradient of the last step. */
    double gradientNorm();

    /** Why no step can make the loss any lower; null as long as one may. */
    default @Nullable Stop end() {
        return null;
    }
}
