package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.nn.Gradients;
import io.twostep.nn.Parameters;

/**
 * How the gradients move the parameters. The kinds are descriptions; what they remember is a {@link OptimizerState}.
 *
 * <p>A price on large weights is added to the gradient before ({@link io.twostep.nn.Regularizer}), so that none of the
 * kinds has PyTorch's {@code weight_decay} but {@link AdamW}, whose decay is another thing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Optimizer permits Sgd, Momentum, RmsProp, Adagrad, Adadelta, AdamStep, Nadam {

    double MOST_LEARNING_RATE = 1e6;

    /** Numbers remembered for each parameter. */
    default int slots() {
        return 0;
    }

    double learningRate();

    /** What this optimiser remembers before its first step. */
    default OptimizerState init(Parameters parameters) {
        return OptimizerState.zeros(parameters, slots());
    }

    /**
     * What is to be remembered after so many steps beside the slots.
     *
     * @param state changed
     */
    default void resume(OptimizerState state, long stepsMade) {
        state.resume(stepsMade);
    }

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
