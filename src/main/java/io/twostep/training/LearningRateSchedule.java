package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/**
 * How the learning rate changes in the course of a training: by what the optimiser's is multiplied.
 *
 * <p>In the formulas t counts the steps from 0, T of them are planned, and e counts the epochs from 0. Planned are all
 * batches of all epochs: what ends a training early does not change its course up to there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LearningRateSchedule {

    double MOST_EPOCHS = 1_000_000;

    /**
     * The factor of one step; the same bits on every machine.
     *
     * @param step t
     * @param steps T, at least 1
     * @param epochSteps the steps of an epoch
     */
    double factor(long step, long steps, long epochSteps);

    /**
     * What an epoch's watched loss makes of the further factor that losses decide. Only {@link ReduceOnPlateau} looks at
     * losses.
     *
     * @param step t of the next step
     * @param steps T
     */
    default Plateau after(Plateau before, double watchedLoss, long step, long steps) {
        return before;
    }

    /** It stays as it is. */
    @JsonTypeName("constant")
    @Explained("1")
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(long step, long steps, long epochSteps) {
            return 1;
        }
    }

    /**
     * Falls at once after every so many epochs, as PyTorch's StepLR.
     *
     * @param everyEpochs 30 where nothing is said, as the paper has it in effect (PyTorch asks)
     * @param factor 0.1 as in PyTorch
     */
    @JsonTypeName("step")
    @Explained(
            value = "factor^floor(e / every_epochs)",
            source = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016, section 3.4")
    record Step(
            @Within(atLeast = 1, atMost = MOST_EPOCHS) int everyEpochs,
            @Within(above = 0, atMost = 1) double factor) implements LearningRateSchedule {

        public Step {
            Bounds.check(Step.class, everyEpochs, factor);
        }

        @JsonCreator
        static Step of(@Nullable Integer everyEpochs, @Nullable Double factor) {
            return new Step(everyEpochs == null ? 30 : everyEpochs, factor == null ? 0.1 : factor);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            long falls = step / epochSteps / everyEpochs;
            return StrictMath.pow(factor, (double) falls);
        }
    }

    /**
     * Falls by a share of itself after each epoch, as PyTorch's ExponentialLR (Keras's falls with each step).
     *
     * @param factor 0.95 where nothing is said: a 20th is left after 58 epochs (PyTorch asks)
     */
    @JsonTypeName("exponential")
    @Explained("factor^e")
    record Exponential(@Within(above = 0, atMost = 1) double factor) implements LearningRateSchedule {

        public Exponential {
            Bounds.check(Exponential.class, factor);
        }

        @JsonCreator
        static Exponential of(@Nullable Double factor) {
            return new Exponential(factor == null ? 0.95 : factor);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            long epochs = step / epochSteps;
            return StrictMath.pow(factor, (double) epochs);
        }
    }

    /**
     * Falls from step to step, in a straight line where power is 1.
     *
     * @param power 1 as in PyTorch and Keras
     * @param endFactor to which it falls; 0 as in PyTorch (Keras: 0.0001 as a rate of its own)
     */
    @JsonTypeName("polynomial")
    @Explained("end_factor + (1 - end_factor) (1 - t / T)^power")
    record Polynomial(
            @Within(above = 0, atMost = 100) double power,
            @Within(atLeast = 0, atMost = 1) double endFactor) implements LearningRateSchedule {

        public Polynomial {
            Bounds.check(Polynomial.class, power, endFactor);
        }

        @JsonCreator
        static Polynomial of(@Nullable Double power, @Nullable Double endFactor) {
            return new Polynomial(power == null ? 1 : power, endFactor == null ? 0 : endFactor);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            return endFactor + (1 - endFactor) * StrictMath.pow(1 - share(step, steps), power);
        }
    }

    /**
     * Falls slowly, fast, slowly; where a period is given, it starts again from the top each time that has passed.
     *
     * @param endFactor to which it falls; 0 as in PyTorch and Keras
     * @param periodEpochs epochs of the first fall; all that are planned where nothing is said
     * @param periodGrowth how many times as long as the one before each further fall is; 1 as in PyTorch (Keras: 2)
     */
    @JsonTypeName("cosine")
    @Explained(
            value = {
                "end_factor + (1 - end_factor) (1 + cos(pi t / T)) / 2",
                "with period_epochs: t and T of the present period for those of the training"
            },
            source = "Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, 2017")
    record Cosine(
            @Within(atLeast = 0, atMost = 1) double endFactor,

            @Within(atLeast = 1, atMost = MOST_EPOCHS) @Nullable
            Integer periodEpochs,

            @Within(atLeast = 1, atMost = 100) int periodGrowth)
            implements LearningRateSchedule {

        public Cosine {
            Bounds.check(Cosine.class, endFactor, periodEpochs, periodGrowth);
            if (periodEpochs == null && periodGrowth > 1) {
                throw new InvalidValueException("period_growth", "asks for period_epochs");
            }
        }

        @JsonCreator
        static Cosine of(@Nullable Double endFactor, @Nullable Integer periodEpochs, @Nullable Integer periodGrowth) {
            return new Cosine(endFactor == null ? 0 : endFactor, periodEpochs, periodGrowth == null ? 1 : periodGrowth);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            long since = step;
            long period = steps;
            if (periodEpochs != null) {
                period = periodEpochs * epochSteps;
                while (periodGrowth > 1 && since >= period) {
                    since -= period;
                    period *= periodGrowth;
                }
                since %= period;
            }
            return endFactor + (1 - endFactor) * wave(share(since, period));
        }
    }

    /**
     * Rises to the optimiser's learning rate and falls far below where it began. As PyTorch's OneCycleLR, but the momentum
     * stays as it is (PyTorch: falls and rises the other way round, unless told otherwise), and the learning rate is that
     * of the top.
     *
     * @param rise share of the planned steps; 0.3 as in PyTorch
     * @param startFactor 0.04 as in PyTorch, which divides by 25
     * @param endFactor 0.000004 as in PyTorch, which divides by another 10,000
     */
    @JsonTypeName("one_cycle")
    @Explained(
            value = {
                "from start_factor up to 1, and from t = rise T - 1 on down to end_factor:",
                "b + (a - b) (1 + cos(pi x)) / 2 from a to b, where x goes from 0 to 1"
            },
            source =
                    "Smith, Topin: Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates, 2018")
    record OneCycle(
            @Within(atLeast = 0, atMost = 1) double rise,
            @Within(above = 0, atMost = 1) double startFactor,
            @Within(atLeast = 0, atMost = 1) double endFactor)
            implements LearningRateSchedule {

        public OneCycle {
            Bounds.check(OneCycle.class, rise, startFactor, endFactor);
        }

        @JsonCreator
        static OneCycle of(@Nullable Double rise, @Nullable Double startFactor, @Nullable Double endFactor) {
            return new OneCycle(
                    rise == null ? 0.3 : rise,
                    startFactor == null ? 0.04 : startFactor,
                    endFactor == null ? 4e-6 : endFactor);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            double top = Math.max(0, rise * steps - 1);
            if (step < top) {
                return between(startFactor, 1, step / top);
            }
            double fall = steps - 1 - top;
            return fall <= 0 ? 1 : between(1, endFactor, Math.min(1, (step - top) / fall));
        }

        private static double between(double from, double to, double share) {
            return to + (from - to) * wave(share);
        }
    }

    /**
     * Falls when the watched loss, each epoch's own, has made no progress for some epochs. It waits and compares as Keras
     * does (PyTorch: one epoch more, and its threshold is a share of the loss), and rests as PyTorch does (Keras: one
     * epoch less).
     *
     * @param factor by which it falls; 0.1 as in PyTorch and Keras
     * @param patience epochs without progress; 10 as in both
     * @param minDelta how much lower the loss must be to be progress; 0.0001 as in Keras
     * @param cooldown epochs after a fall that are not counted; 0 as in both
     * @param leastFactor below which it does not fall; 0 as in both
     */
    @JsonTypeName("reduce_on_plateau")
    @Explained("factor^n after n plateaus, but at least least_factor")
    record ReduceOnPlateau(
            @Within(above = 0, below = 1) double factor,
            @Within(atLeast = 1, atMost = MOST_EPOCHS) int patience,
            @Within(atLeast = 0, atMost = 1e6) double minDelta,
            @Within(atLeast = 0, atMost = MOST_EPOCHS) int cooldown,
            @Within(atLeast = 0, atMost = 1) double leastFactor)
            implements LearningRateSchedule {

        public ReduceOnPlateau {
            Bounds.check(ReduceOnPlateau.class, factor, patience, minDelta, cooldown, leastFactor);
        }

        /** With the defaults for the rest. */
        public static ReduceOnPlateau by(double factor, int patience) {
            return of(factor, patience, null, null, null);
        }

        @JsonCreator
        static ReduceOnPlateau of(
                @Nullable Double factor,
                @Nullable Integer patience,
                @Nullable Double minDelta,
                @Nullable Integer cooldown,
                @Nullable Double leastFactor) {
            return new ReduceOnPlateau(
                    factor == null ? 0.1 : factor,
                    patience == null ? 10 : patience,
                    minDelta == null ? 1e-4 : minDelta,
                    cooldown == null ? 0 : cooldown,
                    leastFactor == null ? 0 : leastFactor);
        }

        @Override
        public double factor(long step, long steps, long epochSteps) {
            return 1;
        }

        @Override
        public Plateau after(Plateau before, double watchedLoss, long step, long steps) {
            if (watchedLoss < before.reference() - minDelta) {
                return new Plateau(watchedLoss, 0, Math.max(0, before.resting() - 1), before.factor());
            }
            if (before.resting() > 0) {
                return new Plateau(before.reference(), 0, before.resting() - 1, before.factor());
            }
            int waited = before.waited() + 1;
            return waited < patience
                    ? new Plateau(before.reference(), waited, 0, before.factor())
                    : new Plateau(before.reference(), 0, cooldown, Math.max(leastFactor, before.factor() * factor));
        }
    }

    /**
     * Rises in a straight line, after which another schedule begins with the steps that are left.
     *
     * @param steps for how long; null where a share says it
     * @param share of the planned steps; 0.05 where nothing is said
     * @param then what comes after; constant where nothing is said
     */
    @JsonTypeName("warm_up")
    @Explained(
            value = {"(t + 1) / (n + 1) where t < n, n being steps or share T", "then: with t - n and T - n"},
            source = "Goyal et al.: Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, 2017, section 2.2")
    record WarmUp(
            @Within(atLeast = 1, atMost = 1e12) @Nullable Long steps,
            @Within(above = 0, atMost = 1) @Nullable Double share,
            LearningRateSchedule then)
            implements LearningRateSchedule {

        public WarmUp {
            Bounds.check(WarmUp.class, steps, share, then);
            if (steps != null && share != null) {
                throw new InvalidValueException("share", "must not be given beside steps");
            }
            if (steps == null && share == null) {
                share = 0.05;
            }
            if (then instanceof WarmUp) {
                throw new InvalidValueException("then", "must not be warm_up again");
            }
        }

        @JsonCreator
        static WarmUp of(@Nullable Long steps, @Nullable Double share, @Nullable LearningRateSchedule then) {
            return new WarmUp(steps, share, then == null ? new Constant() : then);
        }

        @Override
        public double factor(long step, long planned, long epochSteps) {
            long rise = rise(planned);
            return step < rise
                    ? (step + 1.0) / (rise + 1.0)
                    : then.factor(step - rise, Math.max(1, planned - rise), epochSteps);
        }

        private long rise(long planned) {
            if (share != null) {
                return Math.max(1, Math.round(share * planned));
            }
            return steps == null ? 0 : steps;
        }

        @Override
        public Plateau after(Plateau before, double watchedLoss, long step, long planned) {
            long rise = rise(planned);
            return step < rise ? before : then.after(before, watchedLoss, step - rise, planned - rise);
        }
    }

    /** How much of the way is gone, 0 at the first step and never more than 1. */
    private static double share(long step, long steps) {
        return Math.min(1, (double) step / steps);
    }

    /** From 1 at 0 to 0 at 1, half a period of a cosine. */
    private static double wave(double share) {
        return (1 + StrictMath.cos(Math.PI * share)) / 2;
    }
}
