package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the loss go down: forward, back, step, over and over, until a rule says stop.
 *
 * <p>One trainer serves one run. It computes on the thread that calls and on as many others as {@link Cores} can spare;
 * how many those are does not show in the bits of the result. All buffers are made before the first batch.
 */
public final class Trainer {

    /** For work that is not worth a second thread. */
    static final Cores ONE = new Cores(1);

    private final TrainingSpec spec;
    private final Backpropagation backpropagation;
    private final TrainingListener listener;
    private final LongSupplier nanoTime;
    private final Examples training;
    private final Examples validation;
    private final Arithmetic arithmetic;
    private final Cores cores;
    private final @Nullable TargetEncoder target;

    /**
     * @param training rows to learn from, at least one
     * @param validation rows to watch; may be empty
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param cores the cores to share
     * @param target what the network answers with, for figures that are not its loss; null where the stopping rule watches
     *     none
     */
    public Trainer(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples training,
            Examples validation,
            TrainingListener listener,
            LongSupplier nanoTime,
            Cores cores,
            @Nullable TargetEncoder target) {
        if (spec.stop().metric() != null && (target == null || validation.isEmpty())) {
            throw new InvalidValueException(
                    "stop/metric",
                    "must be loss where there is no validation row, but was "
                            + spec.stop().metric().wireName());
        }
        this.target = target;
        this.spec = spec;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.backpropagation = new Backpropagation(network, arithmetic);
        this.training = training;
        this.validation = validation;
        this.arithmetic = arithmetic;
        this.cores = cores;
    }

    /** One whose stopping rule watches the loss. */
    public Trainer(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples training,
            Examples validation,
            TrainingListener listener,
            LongSupplier nanoTime,
            Cores cores) {
        this(network, arithmetic, spec, training, validation, listener, nanoTime, cores, null);
    }

    /** Trains from the seed's start parameters. */
    public TrainingResult train() {
        return train(RunState.start(spec, backpropagation.network()));
    }

    /**
     * Trains from given parameters.
     *
     * @param parameters changed
     */
    public TrainingResult train(Parameters parameters) {
        return train(RunState.start(spec, parameters));
    }

    /**
     * Goes on with a run that was interrupted, to the bits to which it would have come.
     *
     * @param state changed
     */
    public TrainingResult train(RunState state) {
        Network network = backpropagation.network();
        Partition partition = EpochSteps.partition(network, spec, training);
        cores.beginTraining();
        try (Crew crew = new Crew(partition.worthwhile() ? cores : ONE)) {
            EpochSteps steps = EpochSteps.of(network, arithmetic, spec, training, crew, state);
            Blocks watched = validation.isEmpty() ? null : new Blocks(backpropagation, validation, crew);
            return new Run(state, steps, watched).train();
        } finally {
            cores.endTraining();
        }
    }

    /** The passes over the training rows. */
    private final class Run {

        private final RunState state;
        private final Parameters parameters;
        private final Progress progress;
        private final EpochSteps steps;
        private final @Nullable Blocks watched;

        /** When it would have begun, had it never been interrupted. */
        private final long start;

        private Run(RunState state, EpochSteps steps, @Nullable Blocks watched) {
            this.state = state;
            this.parameters = state.parameters();
            this.progress = state.progress();
            this.steps = steps;
            this.watched = watched;
            this.start = nanoTime.getAsLong() - (long) (state.seconds() * 1e9);
        }

        private TrainingResult train() {
            while (true) {
                Stop interruption = epoch();
                if (interruption != null) {
                    return result(interruption, state.epoch() - 1);
                }
                EpochReport report = report();
                if (!Double.isFinite(report.watchedLoss())) {
                    return result(diverged(), state.epoch() - 1);
                }
                progress.note(report, parameters);
                state.watched(spec.schedule(), report.watchedLoss(), (long) spec.epochs() * steps.count());
                listener.epochFinished(report, progress.bestEpoch());
                Stop stop = steps.end() == null ? progress.stop(report) : steps.end();
                if (stop != null) {
                    return result(stop, state.epoch());
                }
                state.nextEpoch();
            }
        }

        private TrainingResult result(Stop stop, int epochs) {
            return new TrainingResult(progress.kept(parameters), stop, epochs, progress.bestEpoch());
        }

        /** The steps that the epoch still needs; the reason if it could not be finished, else null. */
        private @Nullable Stop epoch() {
            steps.beginEpoch(state.epoch());
            while (state.batch() < steps.count()) {
                Stop interruption = interruption();
                if (interruption != null) {
                    return interruption;
                }
                state.learned(steps.step(state.batch()));
            }
            return state.isFinite() ? null : diverged();
        }

        private Stop diverged() {
            return new Stop(
                    StopReason.DIVERGED,
                    Map.of(
                            "epoch",
                            (double) state.epoch(),
                            "learning_rate",
                            state.optimizer().learningRate()));
        }

        private @Nullable Stop interruption() {
            if (listener.cancelled()) {
                state.spent(seconds());
                listener.interrupted(state);
                return new Stop(StopReason.CANCELLED, Map.of("epoch", (double) state.epoch()));
            }
            state.spent(seconds());
            Stop stop = limit();
            if (stop == null) {
                listener.betweenSteps(state);
                return null;
            }
            return state.isFinite() ? stop : diverged(); // the epoch that would have told it is cut short
        }

        private @Nullable Stop limit() {
            Double seconds = spec.stop().maxRuntimeSeconds();
            if (seconds != null && state.seconds() >= seconds) {
                return new Stop(
                        StopReason.MAX_RUNTIME,
                        Map.of("max_runtime_seconds", seconds, "seconds", state.seconds(), "steps", (double)
                                state.steps()));
            }
            Long steps = spec.stop().maxSteps();
            return steps != null && state.steps() >= steps
                    ? new Stop(StopReason.MAX_STEPS, Map.of("max_steps", (double) steps))
                    : null;
        }

        private EpochReport report() {
            StoppingMetric metric = spec.stop().metric();
            MetricTally tally = metric == null || target == null ? null : new MetricTally(metric, target);
            Double validationLoss = watched == null ? null : watchedLoss(watched, tally);
            boolean finite = validationLoss != null && Double.isFinite(validationLoss);
            return new EpochReport(
                    state.epoch(),
                    backpropagation.loss(state.total(), training.totalWeight()),
                    validationLoss,
                    state.optimizer().learningRate(),
                    steps.gradientNorm(),
                    seconds(),
                    tally != null && finite ? tally.figure() : null);
        }

        private double watchedLoss(Blocks blocks, @Nullable MetricTally tally) {
            return tally == null ? blocks.loss(parameters) : blocks.loss(parameters, tally);
        }

        private double seconds() {
            return (nanoTime.getAsLong() - start) / 1e9;
        }
    }
}
