package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * A step divided, for each parameter, by the size that its gradients have of late.
 *
 * @param learningRate alpha; 0.001 as in Keras and the lecture (PyTorch: 0.01): the first step is
 *     {@code alpha / sqrt(1 - rho)} long however small the gradient
 * @param rho how much of the running means stays; 0.9 as in Keras and the lecture (PyTorch's {@code alpha}: 0.99)
 * @param epsilon outside the root as in PyTorch; 1e-8 as there (Keras: 1e-7, inside the root)
 * @param momentum of the step; none as in PyTorch and Keras
 * @param centered whether the gradients' spread divides rather than their size. What is left of the difference is never
 *     taken for less than 0, which rounding makes of it now and then (PyTorch: not-a-number then)
 */
@JsonTypeName("rmsprop")
@Explained(
        value = {
            "s = rho s + (1 - rho) g^2",
            "with centered: m = rho m + (1 - rho) g, and s - m^2 for s below",
            "v = momentum v + g / (sqrt(s) + epsilon)",
            "w - alpha v"
        },
        source =
                "Tieleman, Hinton: Lecture 6.5, rmsprop, Neural Networks for Machine Learning, 2012; centered: Graves: Generating Sequences with Recurrent Neural Networks, 2013")
public record RmsProp(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(above = 0, below = 1) double rho,
        @Within(above = 0, atMost = 1) double epsilon,
        @Within(atLeast = 0, below = 1) double momentum,
        boolean centered)
        implements FirstOrder {

    private static final float[] NONE = {};

    /** Below this share of the squares, what is left of them without the squared mean is rounding. */
    private static final float NOISE = 0x1p-20f;

    public RmsProp {
        Bounds.check(RmsProp.class, learningRate, rho, epsilon, momentum, centered);
    }

    @JsonCreator
    static RmsProp of(
            @Nullable Double learningRate,
            @Nullable Double rho,
            @Nullable Double epsilon,
            @Nullable Double momentum,
            @Nullable Boolean centered) {
        return new RmsProp(
                learningRate == null ? 0.001 : learningRate,
                rho == null ? 0.9 : rho,
                epsilon == null ? 1e-8 : epsilon,
                momentum == null ? 0 : momentum,
                centered != null && centered);
    }

    /** The squares; then the means and the velocities, each only where they are asked for. */
    @Override
    public int slots() {
        return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] square = state.slot(0).get(matrix).data;
        float[] mean = centered ? state.slot(1).get(matrix).data : NONE;
        float[] velocity = momentum > 0 ? state.slot(slots() - 1).get(matrix).data : NONE;
        float alpha = state.stepSize();
        float keep = FirstOrder.kept(rho);
        float take = (float) (1 - rho);
        float mu = FirstOrder.kept(momentum);
        float small = FirstOrder.small(epsilon);
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float s = keep * square[i] + take * g * g;
            square[i] = s;
            if (centered) {
                float m = keep * mean[i] + take * g;
                mean[i] = m;
                s = Math.max(s * NOISE, s - m * m);
            }
            float v = g / ((float) Math.sqrt(s) + small);
            if (mu > 0) {
                v += mu * velocity[i];
                velocity[i] = v;
            }
            w[i] -= alpha * v;
        }
    }
}
