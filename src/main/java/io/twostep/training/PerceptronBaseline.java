package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The network without its hidden layers, trained on the same rows: what is reached beside it tells whether the hidden layers
 * earn their keep. It has the same inputs, outputs and loss; its recipe is always the same, and the seed is that of the
 * training.
 *
 * <p>It takes little: {@link Lbfgs} makes at most {@link #MOST_PASSES} passes over at most {@link #MOST_ROWS} rows, and no
 * more of them than cost, with judging it on all rows, a tenth of what the training of the network has cost, or are next
 * to nothing. There is none where that leaves too few passes, where it has too many weights, or where the job is to stop.
 */
public final class PerceptronBaseline {

    static final int MOST_ROWS = 1 << 14;
    static final int MOST_PASSES = 100;
    private static final int MOST_WATCHED_ROWS = MOST_ROWS / 4;
    private static final int FEWEST_PASSES = 10;

    /** Of these it has some 16 copies. */
    private static final long MOST_PARAMETERS = 1 << 18;

    private static final double SHARE = 0.1;

    /** Rows times parameters that may be passed whatever the training cost: native products take a moment for them. */
    private static final double NEXT_TO_NOTHING = 3e8;

    private static final Lbfgs OPTIMIZER = new Lbfgs(1, 5, 1e-4, 0.9, 1e-4);
    private static final Regularizer REGULARIZER = new Regularizer(0, 1e-4);
    private static final int PATIENCE = 10;

    private final Network network;
    private final TrainingSpec spec;
    private final Examples training;
    private final Examples validation;

    private PerceptronBaseline(Network network, TrainingSpec spec, Examples training, Examples validation) {
        this.network = network;
        this.spec = spec;
        this.training = training;
        this.validation = validation;
    }

    /**
     * What stands beside a network.
     *
     * @param rows to learn from
     * @param watched rows to watch; may be empty
     * @param seed of the training
     * @param judged how many rows it will be judged on
     * @param epochs that it took
     * @return empty if the network has no hidden layer, or if the perceptron would cost too much
     */
    public static Optional<PerceptronBaseline> of(
            Network network, Examples rows, Examples watched, long judged, long seed, int epochs) {
        Network perceptron = perceptron(network);
        if (perceptron == null) {
            return Optional.empty();
        }
        Examples training = ExamplesSample.of(rows, MOST_ROWS, seed);
        Examples validation = ExamplesSample.of(watched, MOST_WATCHED_ROWS, seed);
        double pass = (double) (training.rows() + validation.rows()) * perceptron.parameterCount();
        double spent = (double) epochs * rows.rows() * network.parameterCount();
        double left = Math.max(NEXT_TO_NOTHING, SHARE * spent) - (double) judged * perceptron.parameterCount();
        double passes = Math.min(MOST_PASSES, left / pass);
        return passes < FEWEST_PASSES
                ? Optional.empty()
                : Optional.of(new PerceptronBaseline(
                        perceptron, spec((int) passes, seed, !validation.isEmpty()), training, validation));
    }

    /** The most bytes of the heap that it takes beside a network, or one of fewer inputs; 0 if there is none. */
    static double bytes(Network network, long rows, boolean weighted, int threads) {
        int mostInputs = (int) (MOST_PARAMETERS / network.outputs() - 1);
        return hasNone(network) || mostInputs < 1
                ? 0
                : TrainingMemory.ofTraining(
                        network.withoutHiddenLayers(Math.min(network.inputs(), mostInputs)),
                        spec(MOST_PASSES, 0, true),
                        rows,
                        weighted,
                        threads);
    }

    private static @Nullable Network perceptron(Network network) {
        if (hasNone(network)) {
            return null;
        }
        Network perceptron = network.withoutHiddenLayers(network.inputs());
        return perceptron.parameterCount() > MOST_PARAMETERS ? null : perceptron;
    }

    private static boolean hasNone(Network network) {
        return network.layers().size() == 1;
    }

    private static TrainingSpec spec(int passes, long seed, boolean watched) {
        StoppingRule stop = watched ? StoppingRule.patient(PATIENCE) : StoppingRule.NONE;
        return new TrainingSpec(OPTIMIZER, passes, MOST_ROWS, REGULARIZER, stop, seed);
    }

    /** The network without hidden layers. */
    public Network network() {
        return network;
    }

    /**
     * Trains it: the same bits each time.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param cores the cores to share
     * @param cancelled asked before every pass
     * @return empty if its loss was lost in infinity, or if it was cancelled: what it stands beside is there without it
     */
    public Optional<Parameters> train(
            Arithmetic arithmetic, LongSupplier nanoTime, Cores cores, BooleanSupplier cancelled) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {}

            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }
        };
        TrainingResult result =
                new Trainer(network, arithmetic, spec, training, validation, listener, nanoTime, cores).train();
        return switch (result.stop().reason()) {
            case CANCELLED, DIVERGED -> Optional.empty();
            default -> Optional.of(result.parameters());
        };
    }
}
