package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.kind.Bounds;
import io.twostep.kind.Within;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which trials are made. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface SearchMethod {

    int MOST_TRIALS = 500;

    int MOST_EPOCHS = 1_000_000;

    /** The settings with which the search begins: a pure function of the space. */
    List<Settings> begin(Space space);

    /**
     * How many trials are made one after the other, and how long each is trained.
     *
     * @param trials with which the search begins
     * @param epochs of the job
     */
    default List<Rung> rungs(int trials, int epochs) {
        return List.of(new Rung(trials, null));
    }

    /** Every combination. */
    @JsonTypeName("grid")
    record Grid() implements SearchMethod {

        @Override
        public List<Settings> begin(Space space) {
            return space.grid();
        }
    }

    /**
     * Chance alone; Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13 (2012).
     *
     * @param seed of the values that are drawn
     */
    @JsonTypeName("random")
    record Random(@Within(atLeast = 1, atMost = MOST_TRIALS) int trials, long seed) implements SearchMethod {

        public Random {
            Bounds.check(Random.class, trials, seed);
        }

        @JsonCreator
        static Random of(int trials, @Nullable Long seed) {
            return new Random(trials, seed == null ? 0 : seed);
        }

        @Override
        public List<Settings> begin(Space space) {
            return space.draw(trials, seed);
        }
    }

    /**
     * Many by chance for a short time, the best of them for longer, and so on; Jamieson and Talwalkar, "Non-stochastic Best
     * Arm Identification and Hyperparameter Optimization", AISTATS (2016). Whoever stays is trained anew, not further: so
     * each trial is one training, which its number of epochs tells all about.
     *
     * @param seed of the values that are drawn
     * @param factor of so many one stays, for so many times the epochs
     * @param minEpochs of the first and shortest trainings
     */
    @JsonTypeName("successive_halving")
    record SuccessiveHalving(
            @Within(atLeast = 2, atMost = MOST_TRIALS) int trials,
            long seed,
            @Within(atLeast = 2, atMost = 100) int factor,
            @Within(atLeast = 1, atMost = MOST_EPOCHS) int minEpochs)
            implements SearchMethod {

        private static final int FACTOR = 3;

        public SuccessiveHalving {
            Bounds.check(SuccessiveHalving.class, trials, seed, factor, minEpochs);
        }

        @JsonCreator
        static SuccessiveHalving of(
                int trials, @Nullable Long seed, @Nullable Integer factor, @Nullable Integer minEpochs) {
            return new SuccessiveHalving(
                    trials,
                    seed == null ? 0 : seed,
                    factor == null ? FACTOR : factor,
                    minEpochs == null ? 1 : minEpochs);
        }

        @Override
        public List<Settings> begin(Space space) {
            return space.draw(trials, seed);
        }

        @Override
        public List<Rung> rungs(int begun, int epochs) {
            return Rung.halving(begun, factor, minEpochs, epochs);
        }
    }

    /** Throws if the method cannot search a space; pointers are those of a request. */
    default void requireSuits(Space space) {
        if (!(this instanceof Grid)) {
            return;
        }
        InvalidValueException.throwIfAny(space.endless().stream()
                .map(pointer -> Space.at(pointer, "must be a choice, since a grid tries every value")
                        .within("space"))
                .toArray(Problem[]::new));
        long combinations = space.combinations();
        if (combinations > MOST_TRIALS) {
            throw new InvalidValueException(
                    "space", "must have at most " + MOST_TRIALS + " combinations for a grid but has " + combinations);
        }
    }
}
