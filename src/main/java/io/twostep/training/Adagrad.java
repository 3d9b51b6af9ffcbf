package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.nn.Parameters;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A step divided, for each parameter, by the size of all its gradients so far: what seldom has one steps further. Has no
 * {@code lr_decay} as PyTorch; that is what a {@link LearningRateSchedule} is for.
 *
 * @param learningRate alpha; 0.01 as in PyTorch (Keras: 0.001)
 * @param initialAccumulator s before the first step; 0 as in PyTorch and the paper (Keras: 0.1)
 * @param epsilon outside the root as in PyTorch; 1e-10 as there (Keras: 1e-7, inside the root)
 */
@JsonTypeName("adagrad")
@Explained(
        value = {"s = s + g^2", "w - alpha g / (sqrt(s) + epsilon)"},
        source =
                "Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, 2011")
public record Adagrad(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(atLeast = 0, atMost = 1e6) double initialAccumulator,
        @Within(above = 0, atMost = 1) double epsilon)
        implements FirstOrder {

    public Adagrad {
        Bounds.check(Adagrad.class, learningRate, initialAccumulator, epsilon);
    }

    @JsonCreator
    static Adagrad of(@Nullable Double learningRate, @Nullable Double initialAccumulator, @Nullable Double epsilon) {
        return new Adagrad(
                learningRate == null ? 0.01 : learningRate,
                initialAccumulator == null ? 0 : initialAccumulator,
                epsilon == null ? 1e-10 : epsilon);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public OptimizerState init(Parameters parameters) {
        OptimizerState state = OptimizerState.zeros(parameters, slots(), numbers());
        state.slot(0).forEach(sums -> Arrays.fill(sums.data, (float) initialAccumulator));
        return state;
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] sum = state.slot(0).get(matrix).data;
        float alpha = state.stepSize();
        float small = FirstOrder.small(epsilon);
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float s = sum[i] + g * g;
            sum[i] = s;
            w[i] -= alpha * g / ((float) Math.sqrt(s) + small);
        }
    }
}
