package io.twostep.training;

import io.twostep.nn.Gradients;
import io.twostep.nn.Parameters;

/** Moves each parameter by its own gradient, and what it remembers of earlier ones: a step for each batch. */
public sealed interface FirstOrder extends Optimizer
        permits Sgd, Momentum, RmsProp, Adagrad, Adadelta, AdamStep, Nadam {

    /**
     * Begins a step: counts it, and works out what is the same for all parameters.
     *
     * @param state changed
     * @param learningRate alpha of this step
     */
    default void begin(OptimizerState state, double learningRate) {
        state.begin(learningRate);
    }

    /**
     * The step of some parameters, the numbers {@code from} to before {@code to} of one matrix. Each depends on its own
     * gradient and memory alone, so that threads may share a step, and its bits do not tell how.
     *
     * @param matrix which of {@link Parameters#matrices()}
     * @param w its numbers, changed
     * @param gradient of each, not changed
     * @param state in a step begun; changed
     */
    void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to);

    /** A share that is kept from step to step, below 1 also when it is rounded. */
    static float kept(double share) {
        return Math.min((float) share, Math.nextDown(1f));
    }

    /** What keeps a divisor from being 0, also when it is rounded. */
    static float small(double epsilon) {
        return Math.max(Float.MIN_NORMAL, (float) epsilon);
    }

    /**
     * One step downhill.
     *
     * @param parameters changed
     * @param gradients not changed
     * @param state changed
     */
    default void step(Parameters parameters, Gradients gradients, OptimizerState state) {
        begin(state, learningRate());
        for (int m = 0; m < parameters.matrices().size(); m++) {
            float[] w = parameters.matrices().get(m).data;
            update(m, w, gradients.matrices().get(m).data, state, 0, w.length);
        }
    }
}
