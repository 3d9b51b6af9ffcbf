package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * {@link Adam}, but before each step every weight is brought nearer to 0 by a share of itself, which no gradient scales:
 * weight decay decoupled from the loss. Biases are free, as they are of {@link io.twostep.nn.Regularizer}; PyTorch and
 * Keras let them decay unless told otherwise.
 *
 * @param weightDecay share of a weight that a step takes, times alpha; 0.01 as in PyTorch (Keras: 0.004)
 */
@JsonTypeName("adamw")
@Explained(
        value = {"w = w - alpha weight_decay w, for weights", "then the step of adam"},
        source = "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019")
public record AdamW(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(above = 0, below = 1) double beta1,
        @Within(above = 0, below = 1) double beta2,
        @Within(above = 0, atMost = 1) double epsilon,
        @Within(atLeast = 0, atMost = 1e6) double weightDecay,
        boolean amsgrad)
        implements AdamStep {

    public AdamW {
        Bounds.check(AdamW.class, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad);
    }

    @JsonCreator
    static AdamW of(
            @Nullable Double learningRate,
            @Nullable @JsonProperty("beta1") Double beta1,
            @Nullable @JsonProperty("beta2") Double beta2,
            @Nullable Double epsilon,
            @Nullable Double weightDecay,
            @Nullable Boolean amsgrad) {
        return new AdamW(
                learningRate == null ? 0.001 : learningRate,
                beta1 == null ? 0.9 : beta1,
                beta2 == null ? 0.999 : beta2,
                epsilon == null ? 1e-8 : epsilon,
                weightDecay == null ? 0.01 : weightDecay,
                amsgrad != null && amsgrad);
    }

    @Override
    public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        if (Parameters.isWeights(matrix)) {
            float keep = (float) (1 - state.learningRate() * weightDecay);
            for (int i = from; i < to; i++) {
                w[i] *= keep;
            }
        }
        AdamStep.super.update(matrix, w, gradient, state, from, to);
    }
}
