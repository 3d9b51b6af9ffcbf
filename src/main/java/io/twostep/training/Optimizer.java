package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.nn.Gradients;
import io.twostep.nn.Parameters;
import org.jspecify.annotations.Nullable;

/** How the gradients move the parameters. The kinds are descriptions; what they remember is a {@link OptimizerState}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Optimizer {

    Range LEARNING_RATE = Range.above(0).upTo(1e6);

    /** Numbers remembered for each parameter. */
    default int slots() {
        return 0;
    }

    double learningRate();

    /** What this optimiser remembers before its first step. */
    default OptimizerState init(Parameters parameters) {
        return OptimizerState.zeros(parameters, slots());
    }

    /** Begins a step: counts it, and works out what is the same for all parameters. */
    default void begin(OptimizerState state) {
        state.nextStep();
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

    /**
     * One step downhill.
     *
     * @param parameters changed
     * @param gradients not changed
     * @param state changed
     */
    default void step(Parameters parameters, Gradients gradients, OptimizerState state) {
        begin(state);
        for (int m = 0; m < parameters.matrices().size(); m++) {
            float[] w = parameters.matrices().get(m).data;
            update(m, w, gradients.matrices().get(m).data, state, 0, w.length);
        }
    }

    /** The plain step of the essay: {@code w - alpha * gradient}. */
    @JsonTypeName("sgd")
    record Sgd(double learningRate) implements Optimizer {
        public Sgd {
            InvalidValueException.throwIfAny(LEARNING_RATE.problem("learning_rate", learningRate));
        }

        @JsonCreator
        static Sgd of(@Nullable Double learningRate) {
            return new Sgd(learningRate == null ? 0.01 : learningRate);
        }

        @Override
        public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
            float alpha = (float) learningRate;
            for (int i = from; i < to; i++) {
                w[i] -= alpha * gradient[i];
            }
        }
    }

    /**
     * A step that keeps rolling: {@code v = momentum v + gradient}, {@code w - alpha v}; with {@code nesterov} it is
     * {@code w - alpha (gradient + momentum v)}. PyTorch's form; Keras scales v by alpha, which is the same while alpha
     * is constant.
     *
     * <p>Polyak, 1964; Nesterov, 1983; Sutskever et al.: On the Importance of Initialization and Momentum, 2013.
     */
    @JsonTypeName("momentum")
    record Momentum(double learningRate, double momentum, boolean nesterov) implements Optimizer {
        private static final Range MOMENTUM = Range.atLeast(0).below(1);

        public Momentum {
            InvalidValueException.throwIfAny(
                    LEARNING_RATE.problem("learning_rate", learningRate), MOMENTUM.problem("momentum", momentum));
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
            float alpha = (float) learningRate;
            float mu = (float) momentum;
            for (int i = from; i < to; i++) {
                float v = mu * velocity[i] + gradient[i];
                velocity[i] = v;
                w[i] -= alpha * (nesterov ? gradient[i] + mu * v : v);
            }
        }
    }

    /**
     * A step scaled for each parameter by running means of its gradient and of the gradient's square:
     *
     * <pre>
     * m = beta1 m + (1 - beta1) g      v = beta2 v + (1 - beta2) g^2
     * w - alpha * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
     * </pre>
     *
     * Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015, algorithm 1; epsilon outside the corrected root, as
     * in PyTorch and scikit-learn (Keras: its epsilon is 1e-7).
     */
    @JsonTypeName("adam")
    record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
        private static final Range BETA = Range.above(0).below(1);
        private static final Range EPSILON = Range.above(0).upTo(1);

        public Adam {
            InvalidValueException.throwIfAny(
                    LEARNING_RATE.problem("learning_rate", learningRate),
                    BETA.problem("beta1", beta1),
                    BETA.problem("beta2", beta2),
                    EPSILON.problem("epsilon", epsilon));
        }

        @JsonCreator
        static Adam of(
                @Nullable Double learningRate,
                @Nullable @JsonProperty("beta1") Double beta1,
                @Nullable @JsonProperty("beta2") Double beta2,
                @Nullable Double epsilon) {
            return new Adam(
                    learningRate == null ? 0.001 : learningRate,
                    beta1 == null ? 0.9 : beta1,
                    beta2 == null ? 0.999 : beta2,
                    epsilon == null ? 1e-8 : epsilon);
        }

        /** Adam with its usual settings. */
        public static Adam of(double learningRate) {
            return of(learningRate, null, null, null);
        }

        @Override
        public int slots() {
            return 2;
        }

        /** The corrections of both means are folded into alpha and epsilon: the same step with one division. */
        @Override
        public void begin(OptimizerState state) {
            double t = state.nextStep();
            double correction1 = 1 - StrictMath.pow(beta1, t);
            double correction2 = StrictMath.sqrt(1 - StrictMath.pow(beta2, t));
            state.set((float) (learningRate * correction2 / correction1), (float) (epsilon * correction2));
        }

        @Override
        public void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
            float[] mean = state.slot(0).get(matrix).data;
            float[] square = state.slot(1).get(matrix).data;
            float alpha = state.stepSize();
            float correctedEpsilon = state.epsilon();
            float keepMean = (float) beta1;
            float keepSquare = (float) beta2;
            float takeMean = (float) (1 - beta1);
            float takeSquare = (float) (1 - beta2);
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float m = keepMean * mean[i] + takeMean * g;
                float v = keepSquare * square[i] + takeSquare * g * g;
                mean[i] = m;
                square[i] = v;
                w[i] -= alpha * m / ((float) Math.sqrt(v) + correctedEpsilon);
            }
        }
    }
}
