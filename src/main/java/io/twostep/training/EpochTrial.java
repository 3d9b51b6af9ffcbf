package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ejml.data.FMatrixRMaj;

/**
 * Finds out how long an epoch takes by making some steps of one, with the network, the batches and the threads of the
 * training itself. Where a batch is larger than the rows at hand, or than can be tried in the time, a step has fewer rows, but
 * enough of them for its time to grow with their number.
 */
public final class EpochTrial {

    /** The first one wakes threads and fills caches. */
    private static final int FEWEST_STEPS = 2;

    private static final int MOST_STEPS = 100_000;

    /** From so many rows on, the time of a step grows with their number. */
    private static final int FEWEST_ROWS_OF_A_CUT_BATCH = 256;

    /** Multiplications of one step: about a second of a core's native products. */
    private static final double MOST_MULTIPLICATIONS = 3e10;

    /** By how much products in plain Java are slower. */
    private static final double SLOWER = 10;

    /** A row is multiplied by each weight forward, back, and for the weight's gradient. */
    private static final double PASSES = 3;

    private static final int WATCHED_ROWS = Blocks.ROWS;
    private static final int MOST_BLOCKS = 8;
    private static final int WATCHING_SHARE = 10;

    private final Network network;
    private final Arithmetic arithmetic;
    private final TrainingSpec spec;
    private final Examples examples;
    private final LongSupplier nanoTime;
    private final Cores cores;
    private final double mostMultiplications;

    /**
     * @param examples some rows to learn from, at least one
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param cores the cores to share
     */
    public EpochTrial(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            LongSupplier nanoTime,
            Cores cores) {
        this(network, arithmetic, spec, examples, nanoTime, cores, mostMultiplications(arithmetic));
    }

    EpochTrial(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            LongSupplier nanoTime,
            Cores cores,
            double mostMultiplications) {
        this.mostMultiplications = mostMultiplications;
        this.network = network;
        this.arithmetic = arithmetic;
        this.spec = spec;
        this.examples = examples;
        this.nanoTime = nanoTime;
        this.cores = cores;
    }

    /**
     * Makes steps until the time is up, the one under way being finished, but at least two.
     *
     * @param nanos for all of them
     * @return empty if even one step would take too long
     */
    public Optional<EpochPace> run(long nanos) {
        int wanted = EpochSteps.rowsTogether(network, spec, examples.rows());
        int rows = (int) Math.min(wanted, mostRows(network, mostMultiplications));
        if (rows < Math.min(wanted, FEWEST_ROWS_OF_A_CUT_BATCH)) {
            return Optional.empty();
        }
        Partition partition = Partition.of(network, rows);
        cores.beginTraining();
        try (Crew crew = new Crew(partition.worthwhile() ? cores : Trainer.ONE)) {
            TrainingSpec stepwise = stepwise(spec);
            RunState state = RunState.start(stepwise, network);
            Steps steps =
                    new Steps(network, arithmetic, stepwise.withBatchSize(rows), examples, partition, crew, state);
            Clocked clocked = steps(steps, rows, nanos);
            double watching = secondsPerWatchedRow(state.parameters(), nanos / WATCHING_SHARE);
            return Optional.of(new EpochPace(rows, clocked.made, clocked.secondsPerStep(), watching, clocked.finite));
        } finally {
            cores.endTraining();
        }
    }

    /** Of an optimiser that takes all rows at once, its gradients, some rows at a time; their sum is the epoch. */
    private static TrainingSpec stepwise(TrainingSpec spec) {
        return spec.optimizer() instanceof FirstOrder
                ? spec
                : new TrainingSpec(
                        new Sgd(Double.MIN_VALUE),
                        spec.epochs(),
                        spec.batchSize(),
                        spec.regularization(),
                        spec.stop(),
                        spec.seed());
    }

    /** Whether a step of so many rows takes longer than it may. */
    static boolean takesTooLong(Network network, Arithmetic arithmetic, int rows) {
        return rows > mostRows(network, mostMultiplications(arithmetic));
    }

    private static double mostMultiplications(Arithmetic arithmetic) {
        return arithmetic.isNative() ? MOST_MULTIPLICATIONS : MOST_MULTIPLICATIONS / SLOWER;
    }

    private static double mostRows(Network network, double mostMultiplications) {
        return Math.max(1, mostMultiplications / PASSES / network.parameterCount());
    }

    /** Full batches only: a smaller one behind them tells less. */
    private Clocked steps(Steps steps, int rows, long nanos) {
        int full = examples.rows() / rows;
        Clocked clocked = new Clocked(nanoTime.getAsLong());
        for (int epoch = 1; clocked.goesOn(nanos); epoch++) {
            steps.beginEpoch(epoch);
            for (int batch = 0; batch < full && clocked.goesOn(nanos); batch++) {
                clocked.note(steps.step(batch), nanoTime.getAsLong());
            }
        }
        return clocked;
    }

    /** One block after the other on one thread, as all rows are judged. */
    private double secondsPerWatchedRow(Parameters parameters, long nanos) {
        Backpropagation backpropagation = new Backpropagation(network, arithmetic);
        int rows = Math.min(WATCHED_ROWS, examples.rows());
        FMatrixRMaj x = new FMatrixRMaj(rows, examples.inputs());
        FMatrixRMaj y = new FMatrixRMaj(rows, examples.outputs());
        Workspace workspace = Workspace.forPrediction(network, rows);
        Clocked clocked = new Clocked(nanoTime.getAsLong());
        while (clocked.made < MOST_BLOCKS && clocked.goesOn(nanos)) {
            examples.copy(0, x, y);
            double total = backpropagation.total(backpropagation.forward(parameters, x, workspace), y, null);
            clocked.note(total, nanoTime.getAsLong());
        }
        return clocked.secondsPerStep() / rows;
    }

    /** When each of some pieces of work was done. */
    private static final class Clocked {

        private final long begun;
        private final long[] done = new long[MOST_STEPS];
        private int made;
        private boolean finite = true;

        private Clocked(long begun) {
            this.begun = begun;
        }

        private boolean goesOn(long nanos) {
            return made < FEWEST_STEPS || (finite && made < MOST_STEPS && done[made - 1] - begun < nanos);
        }

        private void note(double loss, long now) {
            done[made++] = now;
            finite &= Double.isFinite(loss);
        }

        private double secondsPerStep() {
            int before = made / 2;
            return (done[made - 1] - done[before - 1]) / 1e9 / (made - before);
        }
    }
}
