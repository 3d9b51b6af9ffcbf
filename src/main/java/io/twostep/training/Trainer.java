package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Gradients;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the loss go down: forward, back, step, over and over, until a rule says stop.
 *
 * <p>One trainer serves one run on one thread. All buffers are made before the first batch.
 */
public final class Trainer {

    private final TrainingSpec spec;
    private final Backpropagation backpropagation;
    private final TrainingListener listener;
    private final LongSupplier nanoTime;
    private final Batches batches;
    private final @Nullable Blocks validation;
    private final Workspace workspace;
    private final Gradients gradients;

    private long start;

    /**
     * @param training rows to learn from, at least one
     * @param validation rows to watch; may be empty
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public Trainer(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples training,
            Examples validation,
            TrainingListener listener,
            LongSupplier nanoTime) {
        this.spec = spec;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.backpropagation = new Backpropagation(network, arithmetic);
        this.batches = new Batches(training, spec.batchSize());
        this.validation = validation.isEmpty() ? null : new Blocks(backpropagation, validation);
        this.workspace = Workspace.forTraining(network, batches.capacity());
        this.gradients = Gradients.of(network);
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
        start = nanoTime.getAsLong();
        OptimizerState state = spec.optimizer().init(parameters);
        Progress progress = new Progress(spec.stop(), spec.epochs());
        for (int epoch = 1; ; epoch++) {
            Epoch pass = new Epoch(epoch, parameters, state);
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
        private final OptimizerState state;
        private double total;

        private Epoch(int number, Parameters parameters, OptimizerState state) {
            this.number = number;
            this.parameters = parameters;
            this.state = state;
        }

        /** All steps of the epoch; the reason if it could not be finished, else null. */
        private @Nullable Stop run() {
            batches.shuffle(RandomStream.of(spec.seed(), Purpose.SHUFFLE, number));
            for (int batch = 0; batch < batches.count(); batch++) {
                Stop interruption = interruption();
                if (interruption != null) {
                    return interruption;
                }
                batches.select(batch);
                total += backpropagation.lossAndGradients(parameters, batches.x(), batches.y(), workspace, gradients);
                spec.regularization().addGradient(parameters, gradients);
                spec.optimizer().step(parameters, gradients, state);
            }
            return isFinite() ? null : diverged();
        }

        private boolean isFinite() {
            return Double.isFinite(total) && parameters.matrices().stream().allMatch(Kernels::allFinite);
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
                    backpropagation.loss(total, batches.rows()),
                    validation == null ? null : validation.loss(parameters),
                    spec.optimizer().learningRate(),
                    Math.sqrt(gradients.matrices().stream()
                            .mapToDouble(Kernels::squaredNorm)
                            .sum()),
                    seconds());
        }
    }
}
