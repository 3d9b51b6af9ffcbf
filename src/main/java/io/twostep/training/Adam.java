package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * A step scaled for each parameter by running means of its gradient and of the gradient's square, both corrected for
 * their start at 0. Epsilon is outside the corrected root, as in PyTorch and scikit-learn.
 *
 * @param learningRate alpha; 0.001 as in PyTorch, Keras and scikit-learn
 * @param beta1 how much of the mean stays; 0.9 as in all of them
 * @param beta2 how much of the mean square stays; 0.999 as in all of them
 * @param epsilon 1e-8 as in PyTorch and scikit-learn (Keras: 1e-7)
 * @param amsgrad whether the greatest v so far divides, taken before it is corrected as in PyTorch; not, as in all of
 *     them
 */
@JsonTypeName("adam")
@Explained(
        value = {
            "m = beta1 m + (1 - beta1) g",
            "v = beta2 v + (1 - beta2) g^2",
            "with amsgrad: the greatest v so far for v below",
            "w - alpha (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)"
        },
        source =
                "Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015, algorithm 1; amsgrad: Reddi, Kale, Kumar: On the Convergence of Adam and Beyond, 2018")
public record Adam(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(above = 0, below = 1) double beta1,
        @Within(above = 0, below = 1) double beta2,
        @Within(above = 0, atMost = 1) double epsilon,
        boolean amsgrad)
        implements AdamStep {

    public Adam {
        Bounds.check(Adam.class, learningRate, beta1, beta2, epsilon, amsgrad);
    }

    @JsonCreator
    static Adam of(
            @Nullable Double learningRate,
            @Nullable @JsonProperty("beta1") Double beta1,
            @Nullable @JsonProperty("beta2") Double beta2,
            @Nullable Double epsilon,
            @Nullable Boolean amsgrad) {
        return new Adam(
                learningRate == null ? 0.001 : learningRate,
                beta1 == null ? 0.9 : beta1,
                beta2 == null ? 0.999 : beta2,
                epsilon == null ? 1e-8 : epsilon,
                amsgrad != null && amsgrad);
    }

    /** Adam with its usual settings. */
    public static Adam of(double learningRate) {
        return of(learningRate, null, null, null, null);
    }
}
