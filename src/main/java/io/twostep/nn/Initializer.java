package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.matrix.RandomStream;
import org.jspecify.annotations.Nullable;

/** Where the search for weights or biases begins. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Initializer {

    /**
     * The next start value.
     *
     * @param inputs units of the layer before (fan in)
     * @param units units of the layer itself (fan out)
     */
    double draw(RandomStream random, int inputs, int units);

    /** Normal with variance {@code 2 / inputs}. He et al.: Delving Deep into Rectifiers, 2015. */
    @JsonTypeName("he_normal")
    record HeNormal() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return random.nextGaussian() * Math.sqrt(2.0 / inputs);
        }
    }

    /** Uniform within {@code sqrt(6 / inputs)} of 0. He et al., 2015. */
    @JsonTypeName("he_uniform")
    record HeUniform() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return symmetric(random, Math.sqrt(6.0 / inputs));
        }
    }

    /**
     * Normal with variance {@code 2 / (inputs + units)}.
     *
     * <p>Glorot, Bengio: Understanding the Difficulty of Training Deep Feedforward Neural Networks, 2010.
     */
    @JsonTypeName("glorot_normal")
    record GlorotNormal() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return random.nextGaussian() * Math.sqrt(2.0 / ((double) inputs + units));
        }
    }

    /** Uniform within {@code sqrt(6 / (inputs + units))} of 0. Glorot, Bengio, 2010, equation 16. */
    @JsonTypeName("glorot_uniform")
    record GlorotUniform() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return symmetric(random, Math.sqrt(6.0 / ((double) inputs + units)));
        }
    }

    /** Uniform in [low, high); -1 to 1 where nothing is said, so that both signs occur. */
    @JsonTypeName("uniform")
    record Uniform(double low, double high) implements Initializer {
        private static final Range BOUND = Range.between(-1e6, 1e6);

        public Uniform {
            InvalidValueException.throwIfAny(
                    BOUND.problem("low", low),
                    BOUND.problem("high", high),
                    low > high ? Range.atLeast(low).problem("high", high) : null);
        }

        @JsonCreator
        static Uniform of(@Nullable Double low, @Nullable Double high) {
            return new Uniform(low == null ? -1 : low, high == null ? 1 : high);
        }

        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return low + (high - low) * random.nextDouble();
        }
    }

    /** All 0; for biases. Weights that all begin at 0 stay equal to each other and learn nothing. */
    @JsonTypeName("zeros")
    record Zeros() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return 0;
        }
    }

    private static double symmetric(RandomStream random, double bound) {
        return bound * (2 * random.nextDouble() - 1);
    }
}
