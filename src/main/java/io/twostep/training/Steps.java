package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Tile;
import io.twostep.nn.Gradients;
import io.twostep.nn.Layer;
import io.twostep.nn.LayerTensors;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of a {@link FirstOrder} optimiser downhill, one for each batch of an epoch. When it has gone forward and back, every
 * {@link Piece} of the parameters sums its gradients and moves, while the rows of the next batch are gathered.
 *
 * <p>Where the length of the whole gradient matters, all pieces are summed before any moves; where the weights of a unit
 * have a bound, a last round looks at them when all have moved.
 */
final class Steps implements EpochSteps {

    private final FirstOrder optimizer;
    private final TrainingSpec spec;
    private final BatchPasses passes;
    private final Batches batches;
    private final Crew crew;
    private final Parameters parameters;
    private final OptimizerState state;
    private final RunState run;
    private final Gradients gradients;
    private final Piece[] pieces;
    private final double[] squares;
    private final Crew.Work summation = this::measure;
    private final Crew.Work descent = this::descend;
    private final Crew.Work constraint = this::constrain;
    private final Bound[] bounds;

    private final Pace pace = new Pace(System::nanoTime);

    private double norm;

    Steps(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            Partition partition,
            Crew crew,
            RunState run) {
        this.optimizer = (FirstOrder) spec.optimizer();
        this.spec = spec;
        this.crew = crew;
        this.parameters = run.parameters();
        this.state = run.optimizer();
        this.run = run;
        this.batches = new Batches(examples, spec.batchSize(), partition.shards(), true);
        this.passes = new BatchPasses(network, arithmetic, examples, batches, partition, crew, parameters);
        this.gradients = passes.gradients();
        this.pieces = Piece.of(network, batches.size());
        this.squares = new double[pieces.length];
        this.bounds = spec.regularization().maxNorm() == null ? new Bound[0] : bounds(network);
    }

    @Override
    public int count() {
        return batches.count();
    }

    @Override
    public double gradientNorm() {
        return gradients.norm();
    }

    /** Puts the rows into the order of an epoch, and chooses its noise: functions of the seed and the epoch alone. */
    @Override
    public void beginEpoch(int epoch) {
        passes.beginEpoch(spec.seed(), epoch);
        pace.pause();
    }

    @Override
    public double step(int index) {
        return step(index, learningRate());
    }

    /** The same with another learning rate than the one that is planned. */
    double step(int index, double alpha) {
        crew.want(pace.helped());
        double total = passes.propagate(index, batches.rows(index));
        optimizer.begin(state, alpha);
        if (asksForNorm()) {
            crew.run(summation, pieces.length);
            norm = norm();
        }
        passes.gatherNextDuring(descent, pieces.length);
        crew.run(constraint, bounds.length);
        if (batches.rows(index) == batches.size()) {
            pace.step();
        } else {
            pace.pause(); // a smaller step says nothing about the others
        }
        return total;
    }

    private double learningRate() {
        long planned = (long) spec.epochs() * batches.count();
        return optimizer.learningRate()
                * spec.schedule().factor(state.steps(), planned, batches.count())
                * run.plateau().factor();
    }

    private boolean asksForNorm() {
        return spec.clipping() != null && spec.clipping().asksForNorm();
    }

    /** The Euclidean length of the whole gradient; piece after piece, whoever summed them. */
    private double norm() {
        double sum = 0;
        for (double each : squares) {
            sum += each;
        }
        return Math.sqrt(sum);
    }

    private void measure(int number) {
        Piece piece = pieces[number];
        sum(piece);
        squares[number] = Kernels.squaredNorm(slopes(piece).weights().data, piece.from(), piece.to());
        if (piece.hasBiases()) {
            squares[number] += Kernels.squaredNorm(slopes(piece).biases().data, 0, piece.units());
        }
    }

    /** Gradient, its price on large weights, its bound, step. */
    private void descend(int number) {
        Piece piece = pieces[number];
        if (!asksForNorm()) {
            sum(piece);
        }
        int matrix = 2 * piece.layer();
        move(matrix, values(piece).weights().data, slopes(piece).weights().data, piece.from(), piece.to());
        if (piece.hasBiases()) {
            move(matrix + 1, values(piece).biases().data, slopes(piece).biases().data, 0, piece.units());
            passes.moveStatistics(piece.layer());
        }
    }

    private void move(int matrix, float[] w, float[] gradient, int first, int end) {
        if (spec.clipping() != null) {
            spec.clipping().clip(gradient, first, end, norm);
        }
        optimizer.update(matrix, w, gradient, state, first, end);
    }

    private void sum(Piece piece) {
        passes.sumGradients(piece, false);
        spec.regularization().addGradient(values(piece).weights(), slopes(piece).weights(), piece.from(), piece.to());
    }

    private LayerTensors values(Piece piece) {
        return parameters.layers().get(piece.layer());
    }

    private LayerTensors slopes(Piece piece) {
        return gradients.layers().get(piece.layer());
    }

    private void constrain(int number) {
        Bound bound = bounds[number];
        spec.regularization().constrain(parameters.layers().get(bound.layer).weights(), bound.columns, bound.scratch);
    }

    private static Bound[] bounds(Network network) {
        List<Bound> found = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            if (layer.hasIncomingWeights()) {
                for (Tile columns : Partition.columns(layer.inputs(), layer.units(), 2)) {
                    found.add(new Bound(i, columns));
                }
            }
        }
        return found.toArray(Bound[]::new);
    }

    /** Units of one dense layer whose weights have a bound, once all of them have moved. */
    private static final class Bound {

        private static final int TOGETHER = 64;

        private final int layer;
        private final Tile columns;
        private final double[] scratch = new double[TOGETHER];

        private Bound(int layer, Tile columns) {
            this.layer = layer;
            this.columns = columns;
        }
    }
}
