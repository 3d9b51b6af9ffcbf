package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Tile;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.DirectPasses;
import io.twostep.nn.Gradients;
import io.twostep.nn.Layer;
import io.twostep.nn.LayerTensors;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps downhill, one for each batch of an epoch. A step is two rounds of work for the crew:
 *
 * <ol>
 *   <li>every {@link Shard} of the batch goes forward and back through the network;
 *   <li>every {@link Piece} of the parameters sums its gradients over the shards and moves, while the rows of the next
 *       batch are gathered.
 * </ol>
 *
 * Where the length of the whole gradient matters, all pieces are summed before any moves; where the weights of a unit
 * have a bound, a third round looks at them when all have moved.
 *
 * All buffers are made at the start.
 */
final class Steps {

    private final Backpropagation backpropagation;
    private final TrainingSpec spec;
    private final Batches batches;
    private final Crew crew;
    private final Parameters parameters;
    private final OptimizerState state;
    private final RunState run;
    private final Gradients gradients;
    private final Shard[] shards;
    private final Piece[] pieces;
    private final Crew.Work propagation = this::propagate;
    private final Crew.Work firstGathering = this::gatherFirst;
    private final Crew.Work summation = this::sum;
    private final Crew.Work descent = this::gatherOrDescend;
    private final Crew.Work constraint = this::constrain;
    private final Bound[] bounds;

    private final Pace pace = new Pace(System::nanoTime);

    private int batch;
    private boolean gathered;
    private double norm;

    Steps(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            Partition partition,
            Crew crew,
            RunState run) {
        this.spec = spec;
        this.crew = crew;
        this.parameters = run.parameters();
        this.state = run.optimizer();
        this.run = run;
        this.gradients = Gradients.of(network);
        this.batches = new Batches(examples, spec.batchSize(), partition.shards());
        DirectPasses passes = new DirectPasses(arithmetic);
        this.backpropagation =
                new Backpropagation(network, arithmetic, partition.wide() ? new CrewPasses(passes, crew) : passes);
        this.shards = IntStream.range(0, partition.shards())
                .mapToObj(i -> new Shard(network, examples, batches.shardRows(), batches.sides()))
                .toArray(Shard[]::new);
        this.pieces = pieces(network, batches.size());
        this.bounds = spec.regularization().maxNorm() == null ? new Bound[0] : bounds(network);
    }

    /** How many batches an epoch has. */
    int batches() {
        return batches.count();
    }

    Gradients gradients() {
        return gradients;
    }

    /** Puts the rows into the order of an epoch, and chooses its noise: functions of the seed and the epoch alone. */
    void beginEpoch(int epoch) {
        batches.beginEpoch(spec.seed(), epoch);
        gathered = false;
        pace.pause();
    }

    /**
     * Learns from one batch; the first of an epoch is 0. An epoch may be taken up anywhere, but then each batch must follow
     * the one before.
     *
     * @return the loss's total over its rows
     */
    double step(int index) {
        return step(index, learningRate());
    }

    /** The same with another learning rate than the one that is planned. */
    double step(int index, double alpha) {
        batch = index;
        crew.want(pace.helped());
        if (!gathered) {
            crew.run(firstGathering, shards.length);
            gathered = true;
        }
        crew.run(propagation, shards.length);
        spec.optimizer().begin(state, alpha);
        if (asksForNorm()) {
            crew.run(summation, pieces.length);
            norm = norm();
        }
        boolean last = index + 1 == batches.count();
        crew.run(descent, pieces.length + (last ? 0 : shards.length));
        crew.run(constraint, bounds.length);
        if (batches.rows(index) == batches.size()) {
            pace.step();
        } else {
            pace.pause(); // a smaller step says nothing about the others
        }
        double total = 0;
        for (Shard shard : shards) {
            total += shard.total();
        }
        return total;
    }

    private double learningRate() {
        long planned = (long) spec.epochs() * batches.count();
        return spec.optimizer().learningRate()
                * spec.schedule().factor(state.steps(), planned, batches.count())
                * run.plateau().factor();
    }

    private boolean asksForNorm() {
        return spec.clipping() != null && spec.clipping().asksForNorm();
    }

    /** The Euclidean length of the whole gradient; piece after piece, whoever summed them. */
    private double norm() {
        double squares = 0;
        for (Piece piece : pieces) {
            squares += piece.squares;
        }
        return Math.sqrt(squares);
    }

    private void sum(int piece) {
        pieces[piece].measure();
    }

    private void gatherFirst(int shard) {
        batches.gather(batch, shard, shards[shard]);
    }

    private void propagate(int shard) {
        shards[shard].propagate(backpropagation, parameters, batches.side(batch), batches.rows(batch));
    }

    private void constrain(int number) {
        Bound bound = bounds[number];
        spec.regularization().constrain(parameters.layers().get(bound.layer).weights(), bound.columns, bound.scratch);
    }

    /** Gathering is at both ends, where the crew begins, since it may have to wait for a disk. */
    private void gatherOrDescend(int number) {
        int gathered = batch + 1 < batches.count() ? shards.length : 0;
        int before = gathered / 2;
        int piece = number - before;
        if (piece >= 0 && piece < pieces.length) {
            pieces[piece].descend();
        } else {
            int shard = piece < 0 ? number : number - pieces.length;
            batches.gather(batch + 1, shard, shards[shard]);
        }
    }

    /**
     * The last layer at both ends, where the crew begins, and the first in the middle, where two threads meet: the weights
     * with which the next step begins are then the ones still in their caches.
     */
    private Piece[] pieces(Network network, int batchSize) {
        Deque<Piece> found = new ArrayDeque<>();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (Tile tile : Partition.rows(network.layers().get(layer), batchSize)) {
                Piece piece = new Piece(layer, tile);
                if (found.size() % 2 == 0) {
                    found.addFirst(piece);
                } else {
                    found.addLast(piece);
                }
            }
        }
        return found.toArray(Piece[]::new);
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

    /** Some rows of one layer's weights; the first piece of a layer has its biases too. */
    private final class Piece {

        private final int layer;
        private final Tile rows;
        private final int from;
        private final int to;
        private double squares;

        private Piece(int layer, Tile rows) {
            this.layer = layer;
            this.rows = rows;
            this.from = rows.row() * rows.columns();
            this.to = from + rows.rows() * rows.columns();
        }

        /** Gradient, its price on large weights, its bound, step. */
        private void descend() {
            if (!asksForNorm()) {
                sum();
            }
            move(2 * layer, values().weights().data, slopes().weights().data, from, to);
            if (from == 0) {
                move(2 * layer + 1, values().biases().data, slopes().biases().data, 0, rows.columns());
                moveStatistics();
            }
        }

        /** Of a batch that is in one shard: layers with statistics ask for it whole. */
        private void moveStatistics() {
            if (shards.length == 1) {
                int present = batches.rows(batch);
                backpropagation.moveStatistics(layer, parameters, shards[0].workspace(), present);
            }
        }

        private void move(int matrix, float[] w, float[] gradient, int first, int end) {
            if (spec.clipping() != null) {
                spec.clipping().clip(gradient, first, end, norm);
            }
            spec.optimizer().update(matrix, w, gradient, state, first, end);
        }

        private void measure() {
            sum();
            squares = Kernels.squaredNorm(slopes().weights().data, from, to);
            if (from == 0) {
                squares += Kernels.squaredNorm(slopes().biases().data, 0, rows.columns());
            }
        }

        private void sum() {
            sumOverShards();
            spec.regularization().addGradient(values().weights(), slopes().weights(), from, to);
        }

        private LayerTensors values() {
            return parameters.layers().get(layer);
        }

        private LayerTensors slopes() {
            return gradients.layers().get(layer);
        }

        private void sumOverShards() {
            int side = batches.side(batch);
            boolean added = false;
            for (Shard shard : shards) {
                if (!shard.isEmpty(side)) {
                    backpropagation.weightGradient(layer, rows, shard.x(side), shard.workspace(), gradients, added);
                    if (from == 0) {
                        backpropagation.biasGradient(layer, shard.x(side), shard.workspace(), gradients, added);
                    }
                    added = true;
                }
            }
        }
    }
}
