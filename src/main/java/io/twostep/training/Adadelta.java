package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * A step as long as the steps of late, divided by the size of the gradients of late: it has the unit of the parameter,
 * and needs no learning rate. It begins slowly, with steps of about the root of epsilon.
 *
 * @param learningRate alpha; 1 as in PyTorch and, where it is not named, the paper (Keras: 0.001)
 * @param rho how much of the running means stays; 0.9 as in PyTorch (Keras and most of the paper: 0.95)
 * @param epsilon inside the roots; 1e-6 as in PyTorch and the paper (Keras: 1e-7)
 */
@JsonTypeName("adadelta")
@Explained(
        value = {
            "s = rho s + (1 - rho) g^2",
            "d = g sqrt(u + epsilon) / sqrt(s + epsilon)",
            "u = rho u + (1 - rho) d^2",
            "w - alpha d"
        },
        source = "Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012")
public record Adadelta(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(above = 0, below = 1) double rho,
        @Within(above = 0, atMost = 1) double epsilon)
        implements FirstOrder {

    public Adadelta {
        Bounds.check(Adadelta.class, learningRate, rho, epsilon);
    }

    @JsonCreator
    static Adadelta of(@Nullable Double learningRate, @Nullable Double rho, @Nullable Double epsilon) {
        return new Adadelta(
                learningRate == null ? 1 : learningRate, rho == null ? 0.9 : rho, epsilon == null ? 1e-6 : epsilon);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] square = state.slot(0).get(matrix).data;
        float[] squaredStep = state.slot(1).get(matrix).data;
        float alpha = state.stepSize();
        float keep = FirstOrder.kept(rho);
        float take = (float) (1 - rho);
        float small = FirstOrder.small(epsilon);
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float s = keep * square[i] + take * g * g;
            float u = squaredStep[i];
            float d = g * (float) Math.sqrt(u + small) / (float) Math.sqrt(s + small);
            square[i] = s;
            squaredStep[i] = keep * u + take * d * d;
            w[i] -= alpha * d;
        }
    }
}
