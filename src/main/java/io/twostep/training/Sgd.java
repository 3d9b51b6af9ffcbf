package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * The plain step of the essay.
 *
 * @param learningRate alpha; 0.01 as in Keras (PyTorch: 0.001)
 */
@JsonTypeName("sgd")
@Explained("w - alpha g")
public record Sgd(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate) implements FirstOrder {

    public Sgd {
        Bounds.check(Sgd.class, learningRate);
    }

    @JsonCreator
    static Sgd of(@Nullable Double learningRate) {
        return new Sgd(learningRate == null ? 0.01 : learningRate);
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float alpha = state.stepSize();
        for (int i = from; i < to; i++) {
            w[i] -= alpha * gradient[i];
        }
    }
}
