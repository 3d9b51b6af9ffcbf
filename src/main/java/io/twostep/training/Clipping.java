package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/** A bound for the gradient of a step, the price on large weights included, against steps that leap out of a valley. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Clipping {

    double LARGEST = 1e6;

    /** Whether the length of the whole gradient decides, which must be known before any number of it is clipped. */
    default boolean asksForNorm() {
        return false;
    }

    /**
     * Clips some numbers of the gradient.
     *
     * @param gradient changed from {@code from} to before {@code to}
     * @param norm Euclidean length of the whole gradient; of no meaning unless it is {@link #asksForNorm asked for}
     */
    void clip(float[] gradient, int from, int to, double norm);

    /**
     * The gradient keeps its direction. PyTorch adds 0.000001 to the length by which it divides.
     *
     * @param most length of the gradient of all parameters together; 1 where nothing is said (PyTorch and Keras ask)
     */
    @JsonTypeName("norm")
    @Explained(
            value = "g min(1, most / |g|)",
            source = "Pascanu, Mikolov, Bengio: On the Difficulty of Training Recurrent Neural Networks, 2013")
    record Norm(@Within(above = 0, atMost = LARGEST) double most) implements Clipping {

        public Norm {
            Bounds.check(Norm.class, most);
        }

        @JsonCreator
        static Norm of(@Nullable Double most) {
            return new Norm(most == null ? 1 : most);
        }

        @Override
        public boolean asksForNorm() {
            return true;
        }

        @Override
        public void clip(float[] gradient, int from, int to, double norm) {
            if (norm <= most) {
                return;
            }
            float factor = (float) (most / norm);
            for (int i = from; i < to; i++) {
                gradient[i] *= factor;
            }
        }
    }

    /**
     * Each number for itself.
     *
     * @param most size of a number; 1 where nothing is said (PyTorch and Keras ask)
     */
    @JsonTypeName("value")
    @Explained("max(-most, min(most, g)), number by number")
    record Value(@Within(above = 0, atMost = LARGEST) double most) implements Clipping {

        public Value {
            Bounds.check(Value.class, most);
        }

        @JsonCreator
        static Value of(@Nullable Double most) {
            return new Value(most == null ? 1 : most);
        }

        @Override
        public void clip(float[] gradient, int from, int to, double norm) {
            float bound = (float) most;
            for (int i = from; i < to; i++) {
                gradient[i] = Math.max(-bound, Math.min(bound, gradient[i]));
            }
        }
    }
}
