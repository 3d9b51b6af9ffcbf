package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Layer;
import io.twostep.nn.LayerTensors;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * Steps of {@link Lbfgs}: an epoch is one of them, the loss and the gradient of all training rows at one point. The rows go
 * through the network some at a time, in their own order, and their gradients are added up, so that the room that it takes
 * does not grow with their number.
 *
 * <p>The price on large weights is part of the loss that is searched, and not of the loss that is told.
 */
final class FullBatchSteps implements EpochSteps {

    /** As many as keep all shards busy. */
    private static final int MOST_TOGETHER = 1024;

    private static final int FEWEST_TOGETHER = 64;

    /** Numbers that a workspace may hold, unless the fewest rows have more. */
    private static final long ROOM = 1 << 22;

    private final Regularizer regularizer;
    private final BatchPasses passes;
    private final Backpropagation losses;
    private final Crew crew;
    private final Parameters parameters;
    private final LbfgsSearch search;
    private final int rows;
    private final Piece[] pieces;
    private final double[] prices;
    private final Crew.Work summation = this::sum;
    private final Pace pace = new Pace(System::nanoTime);

    private boolean begun;
    private boolean added;
    private boolean whole;

    FullBatchSteps(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            Partition partition,
            Crew crew,
            RunState run) {
        requireSuits(network);
        this.regularizer = spec.regularization();
        this.crew = crew;
        this.parameters = run.parameters();
        this.rows = examples.rows();
        Batches blocks = new Batches(examples, rowsTogether(network), partition.shards(), false);
        this.passes = new BatchPasses(network, arithmetic, examples, blocks, partition, crew, parameters);
        this.losses = new Backpropagation(network, arithmetic);
        this.search = new LbfgsSearch((Lbfgs) spec.optimizer(), parameters, passes.gradients(), run.optimizer(), crew);
        this.pieces = Piece.of(network, blocks.size());
        this.prices = new double[pieces.length];
    }

    /** How many rows go through a network together; it alone decides, for sums depend on it. */
    static int rowsTogether(Network network) {
        long units = network.layers().stream().mapToLong(Layer::units).sum();
        return rowsTogether(network.inputs() + units);
    }

    /** The same of a network that is not made yet. */
    static int rowsTogether(long numbersOfARow) {
        return (int) Math.max(FEWEST_TOGETHER, Math.min(MOST_TOGETHER, ROOM / numbersOfARow));
    }

    private static void requireSuits(Network network) {
        if (network.needsWholeBatches()) {
            throw new InvalidValueException("network/layers", Lbfgs.NO_BATCHES);
        }
        boolean noisy = !network.inputNoises().isEmpty()
                || network.layers().stream().anyMatch(layer -> !layer.noises().isEmpty());
        if (noisy) {
            throw new InvalidValueException("network/layers", Lbfgs.NO_NOISE);
        }
    }

    @Override
    public int count() {
        return 1;
    }

    /** The order is always the same. */
    @Override
    public void beginEpoch(int epoch) {
        if (!begun) {
            passes.beginEpoch(0, 1);
            begun = true;
        }
        pace.pause();
    }

    @Override
    public double step(int index) {
        search.move();
        double total = evaluate();
        return search.take(losses.loss(total, rows) + price(), total);
    }

    @Override
    public double gradientNorm() {
        return search.gradientNorm();
    }

    @Override
    public @Nullable Stop end() {
        return search.end();
    }

    /** The loss's total over all rows, their gradients being summed on the way. */
    private double evaluate() {
        Batches blocks = passes.batches();
        double total = 0;
        for (int block = 0; block < blocks.count(); block++) {
            crew.want(pace.helped());
            total += passes.propagate(block, rows);
            added = block > 0;
            whole = block + 1 == blocks.count();
            passes.gatherNextDuring(summation, pieces.length);
            if (blocks.rows(block) == blocks.size()) {
                pace.step();
            } else {
                pace.pause();
            }
        }
        return total;
    }

    private void sum(int number) {
        Piece piece = pieces[number];
        passes.sumGradients(piece, added);
        if (whole) {
            LayerTensors values = parameters.layers().get(piece.layer());
            LayerTensors slopes = passes.gradients().layers().get(piece.layer());
            regularizer.addGradient(values.weights(), slopes.weights(), piece.from(), piece.to());
            prices[number] = regularizer.price(values.weights(), piece.from(), piece.to());
        }
    }

    private double price() {
        double sum = 0;
        for (double each : prices) {
            sum += each;
        }
        return sum;
    }
}
