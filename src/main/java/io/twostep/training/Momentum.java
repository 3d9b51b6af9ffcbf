package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * A step that keeps rolling. PyTorch's form; Keras scales v by alpha, which is the same while alpha is constant.
 *
 * @param learningRate alpha; 0.01 as in Keras (PyTorch: 0.001)
 * @param momentum 0.9 as in scikit-learn (PyTorch and Keras: 0, which is {@link Sgd})
 * @param nesterov whether the step looks ahead; not, as in PyTorch and Keras
 */
@JsonTypeName("momentum")
@Explained(
        value = {"v = momentum v + g", "w - alpha v", "with nesterov: w - alpha (g + momentum v)"},
        source =
                "Polyak, 1964; Nesterov, 1983; Sutskever et al.: On the Importance of Initialization and Momentum, 2013")
public record Momentum(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(atLeast = 0, below = 1) double momentum,
        boolean nesterov)
        implements FirstOrder {

    public Momentum {
        Bounds.check(Momentum.class, learningRate, momentum, nesterov);
    }

    @JsonCreator
    static Momentum of(@Nullable Double learningRate, @Nullable Double momentum, @Nullable Boolean nesterov) {
        return new Momentum(
                learningRate == null ? 0.01 : learningRate,
                momentum == null ? 0.9 : momentum,
                nesterov != null && nesterov);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] velocity = state.slot(0).get(matrix).data;
        float alpha = state.stepSize();
        float mu = FirstOrder.kept(momentum);
        for (int i = from; i < to; i++) {
            float v = mu * velocity[i] + gradient[i];
            velocity[i] = v;
            w[i] -= alpha * (nesterov ? gradient[i] + mu * v : v);
        }
    }
}
