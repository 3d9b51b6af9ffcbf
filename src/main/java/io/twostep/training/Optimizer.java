package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.error.Problem;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gradients move the parameters. The kinds are descriptions; what they remember is a {@link OptimizerState}.
 *
 * <p>A price on large weights is added to the gradient before ({@link Regularizer}), so that none of the kinds has
 * PyTorch's {@code weight_decay} but {@link AdamW}, whose decay is another thing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Optimizer permits FirstOrder, Lbfgs {

    double MOST_LEARNING_RATE = 1e6;

    /** Numbers remembered for each parameter. */
    default int slots() {
        return 0;
    }

    /** Numbers remembered for all parameters together, beside the number of steps. */
    default int numbers() {
        return 0;
    }

    double learningRate();

    /** What this optimiser remembers before its first step. */
    default OptimizerState init(Parameters parameters) {
        return OptimizerState.zeros(parameters, slots(), numbers());
    }

    /**
     * What is to be remembered after so many steps beside the slots.
     *
     * @param state changed
     */
    default void resume(OptimizerState state, long stepsMade) {
        state.resume(stepsMade);
    }

    /** What of a training's description this optimiser cannot do with; pointers are into a {@link TrainingSpec}. */
    default List<Problem> refusals(
            LearningRateSchedule schedule, @Nullable Clipping clipping, Regularizer regularization) {
        return List.of();
    }
}
