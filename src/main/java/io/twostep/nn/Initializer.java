package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
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

    /** Keeps signals level before the ReLU family. */
    @JsonTypeName("he_normal")
    @Explained(value = "normal with variance 2 / inputs", source = "He et al.: Delving Deep into Rectifiers, 2015")
    record HeNormal() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return random.nextGaussian() * Math.sqrt(2.0 / inputs);
        }
    }

    /** Keeps signals level before the ReLU family. */
    @JsonTypeName("he_uniform")
    @Explained(value = "uniform within sqrt(6 / inputs) of 0", source = "He et al.: Delving Deep into Rectifiers, 2015")
    record HeUniform() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return symmetric(random, Math.sqrt(6.0 / inputs));
        }
    }

    /** Keeps signals and gradients level. */
    @JsonTypeName("glorot_normal")
    @Explained(
            value = "normal with variance 2 / (inputs + units)",
            source = "Glorot, Bengio: Understanding the Difficulty of Training Deep Feedforward Neural Networks, 2010")
    record GlorotNormal() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return random.nextGaussian() * Math.sqrt(2.0 / ((double) inputs + units));
        }
    }

    /** Keeps signals and gradients level. */
    @JsonTypeName("glorot_uniform")
    @Explained(
            value = "uniform within sqrt(6 / (inputs + units)) of 0",
            source =
                    "Glorot, Bengio: Understanding the Difficulty of Training Deep Feedforward Neural Networks, 2010, equation 16")
    record GlorotUniform() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return symmetric(random, Math.sqrt(6.0 / ((double) inputs + units)));
        }
    }

    /** Between bounds of one's own; -1 to 1 where nothing is said, so that both signs occur. */
    @JsonTypeName("uniform")
    @Explained("uniform in [low, high)")
    record Uniform(
            @Within(atLeast = -1e6, atMost = 1e6) double low,
            @Within(atLeast = -1e6, atMost = 1e6) double high) implements Initializer {

        public Uniform {
            Bounds.check(Uniform.class, low, high);
            InvalidValueException.throwIfAny(Range.atLeast(low).problem("high", high));
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

    /** For biases. Weights that all begin at 0 stay equal to each other and learn nothing. */
    @JsonTypeName("zeros")
    @Explained("0")
    record Zeros() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return 0;
        }
    }

    /** For the gains of a normalisation. Weights of a dense layer that all begin at 1 stay equal to each other. */
    @JsonTypeName("ones")
    @Explained("1")
    record Ones() implements Initializer {
        @Override
        public double draw(RandomStream random, int inputs, int units) {
            return 1;
        }
    }

    private static double symmetric(RandomStream random, double bound) {
        return bound * (2 * random.nextDouble() - 1);
    }
}
