package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * {@link Adam} that looks ahead as Nesterov's momentum does: the mean counts as it will be at the next step. PyTorch's
 * form.
 *
 * @param learningRate alpha; 0.002 as in PyTorch and the paper (Keras: 0.001)
 * @param beta1 how much of the mean stays; 0.9 as in PyTorch and Keras
 * @param beta2 how much of the mean square stays; 0.999 as in both
 * @param epsilon 1e-8 as in PyTorch (Keras: 1e-7)
 * @param momentumDecay how fast mu rises from the half of beta1 to beta1; 0.004 as in PyTorch and the paper (Keras: 1)
 */
@JsonTypeName("nadam")
@Explained(
        value = {
            "mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2), p_t = mu_1 mu_2 ... mu_t",
            "m = beta1 m + (1 - beta1) g",
            "v = beta2 v + (1 - beta2) g^2",
            "w - alpha (g (1 - mu_t) / (1 - p_t) + m mu_t+1 / (1 - p_t+1)) / (sqrt(v / (1 - beta2^t)) + epsilon)"
        },
        source = "Dozat: Incorporating Nesterov Momentum into Adam, 2016")
public record Nadam(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(above = 0, below = 1) double beta1,
        @Within(above = 0, below = 1) double beta2,
        @Within(above = 0, atMost = 1) double epsilon,
        @Within(atLeast = 0, atMost = 1000) double momentumDecay)
        implements FirstOrder {

    private static final double DECAY = 0.96;

    public Nadam {
        Bounds.check(Nadam.class, learningRate, beta1, beta2, epsilon, momentumDecay);
    }

    @JsonCreator
    static Nadam of(
            @Nullable Double learningRate,
            @Nullable @JsonProperty("beta1") Double beta1,
            @Nullable @JsonProperty("beta2") Double beta2,
            @Nullable Double epsilon,
            @Nullable Double momentumDecay) {
        return new Nadam(
                learningRate == null ? 0.002 : learningRate,
                beta1 == null ? 0.9 : beta1,
                beta2 == null ? 0.999 : beta2,
                epsilon == null ? 1e-8 : epsilon,
                momentumDecay == null ? 0.004 : momentumDecay);
    }

    @Override
    public int slots() {
        return 2;
    }

    /** The product of the momenta is not stored: it is made again, by the same multiplications, until it is 0. */
    @Override
    public void resume(OptimizerState state, long stepsMade) {
        state.resume(stepsMade);
        double product = 1;
        for (long t = 1; t <= stepsMade && product > 0; t++) {
            product = product(product, t);
        }
        state.setMomentumProduct(product);
    }

    /** As Adam's, the correction of v is folded into both sizes of step and epsilon. */
    @Override
    public void begin(OptimizerState state, double learningRate) {
        long t = state.begin(learningRate);
        double present = momentum(t);
        double next = momentum(t + 1);
        double product = product(state.momentumProduct(), t);
        double correction = StrictMath.sqrt(1 - StrictMath.pow(beta2, (double) t));
        state.setMomentumProduct(product);
        state.set(
                (float) (learningRate * correction * next / (1 - product * next)),
                FirstOrder.small(epsilon * correction));
        state.setGradientStep((float) (learningRate * correction * (1 - present) / (1 - product)));
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] mean = state.slot(0).get(matrix).data;
        float[] square = state.slot(1).get(matrix).data;
        float meanStep = state.stepSize();
        float gradientStep = state.gradientStep();
        float correctedEpsilon = state.epsilon();
        float keepMean = FirstOrder.kept(beta1);
        float keepSquare = FirstOrder.kept(beta2);
        float takeMean = (float) (1 - beta1);
        float takeSquare = (float) (1 - beta2);
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float m = keepMean * mean[i] + takeMean * g;
            float v = keepSquare * square[i] + takeSquare * g * g;
            mean[i] = m;
            square[i] = v;
            w[i] -= (gradientStep * g + meanStep * m) / ((float) Math.sqrt(v) + correctedEpsilon);
        }
    }

    /** Of the momenta up to step t; 0 once it is so small that 1 less it is 1. */
    private double product(double before, long t) {
        double product = before * momentum(t);
        return product < Double.MIN_NORMAL ? 0 : product;
    }

    private double momentum(long t) {
        return beta1 * (1 - 0.5 * StrictMath.pow(DECAY, t * momentumDecay));
    }
}
