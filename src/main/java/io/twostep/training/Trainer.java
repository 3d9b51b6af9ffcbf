package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
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

    private static final Cores ONE = new Cores(1);

    private final TrainingSpec spec;
    private final Backpropagation backpropagation;
    private final TrainingListener listener;
    private final LongSupplier nanoTime;
    private final Examples training;
    private final Examples validation;
    private final Arithmetic arithmetic;
    private final Cores cores;

    private long start;

    /**
     * @param training rows to learn from, at least one
     * @param validation rows to watch; may be empty
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param cores the cores to share
     */
    public Trainer(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples training,
            Examples validation,
            TrainingListener listener,
            LongSupplier nanoTime,
            Cores cores) {
        this.spec = spec;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.backpropagation = new Backpropagation(network, arithmetic);
        this.training = training;
        this.validation = validation;
        this.arithmetic = arithmetic;
        this.cores = cores;
    }

    /** Trains from the seed's start parameters. */
    public TrainingResult train() {
        return train(Parameters.initialize(backpropagation.network(), spec.seed()));
    }

    /**
     * Trains from given parameters.
     *
     * @param parameters changed
     */
    public TrainingResult train(Parameters parameters) {
        Network network = backpropagation.network();
        Partition partition = Partition.of(network, Math.min(spec.batchSize(), training.rows()));
        cores.beginTraining();
        try (Crew crew = new Crew(partition.worthwhile() ? cores : ONE)) {
            Steps steps = new Steps(network, arithmetic, spec, training, partition, crew, parameters);
            Blocks watched = validation.isEmpty() ? null : new Blocks(backpropagation, validation, crew);
            return train(parameters, steps, watched);
        } finally {
            cores.endTraining();
        }
    }

    private TrainingResult train(Parameters parameters, Steps steps, @Nullable Blocks watched) {
        start = nanoTime.getAsLong();
        Progress progress = new Progress(spec.stop(), spec.epochs());
        for (int epoch = 1; ; epoch++) {
            Epoch pass = new Epoch(epoch, parameters, steps, watched);
            Stop interruption = pass.run();
            if (interruption != null) {
                return result(parameters, interruption, epoch - 1, progress);
            }
            EpochReport report = pass.report();
            if (!Double.isFinite(report.watchedLoss())) {
                return result(parameters, pass.diverged(), epoch - 1, progress);
            }
            progress.note(report, parameters);
            listener.epochFinished(report, progress.bestEpoch());
            Stop stop = progress.stop(report);
            if (stop != null) {
                return result(parameters, stop, epoch, progress);
            }
        }
    }

    private static TrainingResult result(Parameters last, Stop stop, int epochs, Progress progress) {
        return new TrainingResult(progress.kept(last), stop, epochs, progress.bestEpoch());
    }

    private double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }

    /** One pass over the training rows. */
    private final class Epoch {

        private final int number;
        private final Parameters parameters;
        private final Steps steps;
        private final @Nullable Blocks watched;
        private double total;

        private Epoch(int number, Parameters parameters, Steps steps, @Nullable Blocks watched) {
            this.number = number;
            this.parameters = parameters;
            this.steps = steps;
            this.watched = watched;
        }

        /** All steps of the epoch; the reason if it could not be finished, else null. */
        private @Nullable Stop run() {
            steps.beginEpoch(RandomStream.of(spec.seed(), Purpose.SHUFFLE, number));
            for (int batch = 0; batch < steps.batches(); batch++) {
                Stop interruption = interruption();
                if (interruption != null) {
                    return interruption;
                }
                total += steps.step(batch);
            }
            return isFinite() ? null : diverged();
        }

        private boolean isFinite() {
            return Double.isFinite(total) && parameters.allFinite();
        }

        private Stop diverged() {
            return new Stop(
                    StopReason.DIVERGED,
                    Map.of(
                            "epoch",
                            (double) number,
                            "learning_rate",
                            spec.optimizer().learningRate()));
        }

        private @Nullable Stop interruption() {
            if (listener.cancelled()) {
                return new Stop(StopReason.CANCELLED, Map.of("epoch", (double) number));
            }
            Double limit = spec.stop().maxRuntimeSeconds();
            if (limit != null && seconds() >= limit) {
                if (!isFinite()) {
                    return diverged(); // the epoch that would have told it is cut short
                }
                return new Stop(StopReason.MAX_RUNTIME, Map.of("max_runtime_seconds", limit, "seconds", seconds()));
            }
            return null;
        }

        private EpochReport report() {
            return new EpochReport(
                    number,
                    backpropagation.loss(total, training.rows()),
                    watched == null ? null : watched.loss(parameters),
                    spec.optimizer().learningRate(),
                    steps.gradients().norm(),
                    seconds());
        }
    }
}
