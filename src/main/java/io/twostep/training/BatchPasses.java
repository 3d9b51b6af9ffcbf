package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.DirectPasses;
import io.twostep.nn.Gradients;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.stream.IntStream;

/**
 * Takes batches of rows forward and back through a network, in rounds of work for a crew:
 *
 * <ol>
 *   <li>every {@link Shard} of the batch goes forward and back;
 *   <li>the gradients of every {@link Piece} of the parameters are summed over the shards, while the rows of the next batch
 *       are gathered.
 * </ol>
 */
final class BatchPasses {

    private final Backpropagation backpropagation;
    private final Batches batches;
    private final Crew crew;
    private final Parameters parameters;
    private final Gradients gradients;
    private final Shard[] shards;
    private final Crew.Work propagation = this::propagate;
    private final Crew.Work firstGathering = this::gatherFirst;
    private final Crew.Work mixture = this::gatherOrWork;

    private int batch;
    private boolean gathered;
    private int lossRows;
    private Crew.Work work = piece -> {};
    private int pieces;

    BatchPasses(
            Network network,
            Arithmetic arithmetic,
            Examples examples,
            Batches batches,
            Partition partition,
            Crew crew,
            Parameters parameters) {
        this.batches = batches;
        this.crew = crew;
        this.parameters = parameters;
        this.gradients = Gradients.of(network);
        DirectPasses passes = new DirectPasses(arithmetic);
        this.backpropagation =
                new Backpropagation(network, arithmetic, partition.wide() ? new CrewPasses(passes, crew) : passes);
        this.shards = IntStream.range(0, partition.shards())
                .mapToObj(i -> new Shard(network, examples, batches.shardRows(), batches.sides()))
                .toArray(Shard[]::new);
    }

    Batches batches() {
        return batches;
    }

    Gradients gradients() {
        return gradients;
    }

    /** Puts the rows into the order of an epoch, and chooses its noise. */
    void beginEpoch(long seed, int epoch) {
        batches.beginEpoch(seed, epoch);
        gathered = false;
    }

    /**
     * Takes a batch forward and back. Any may be the first; then each must follow the one before, or be the first of
     * all after the last.
     *
     * @param ofRows over how many rows the loss is a mean whose gradient is wanted
     * @return the loss's total over the batch
     */
    double propagate(int index, int ofRows) {
        batch = index;
        lossRows = ofRows;
        if (!gathered) {
            crew.run(firstGathering, shards.length);
            gathered = true;
        }
        crew.run(propagation, shards.length);
        double total = 0;
        for (Shard shard : shards) {
            total += shard.total();
        }
        return total;
    }

    /** Does pieces of work with what was propagated, while the rows of the batch that follows are gathered, if one does. */
    void gatherNextDuring(Crew.Work newWork, int count) {
        work = newWork;
        pieces = count;
        crew.run(mixture, count + (isLast() ? 0 : shards.length));
        gathered = !isLast() || batches.count() == 1;
    }

    /**
     * Sums the gradients of a piece over what was propagated.
     *
     * @param added whether on top of those that are there
     */
    void sumGradients(Piece piece, boolean added) {
        int side = batches.side(batch);
        boolean more = added;
        for (Shard shard : shards) {
            if (!shard.isEmpty(side)) {
                backpropagation.weightGradient(
                        piece.layer(), piece.rows(), shard.x(side), shard.workspace(), gradients, more);
                if (piece.hasBiases()) {
                    backpropagation.biasGradient(piece.layer(), shard.x(side), shard.workspace(), gradients, more);
                }
                more = true;
            }
        }
    }

    /** Moves what a layer remembers of batches, if it does, towards what was propagated: a whole batch, in one shard then. */
    void moveStatistics(int layer) {
        if (shards.length == 1) {
            backpropagation.moveStatistics(layer, parameters, shards[0].workspace(), batches.rows(batch));
        }
    }

    private boolean isLast() {
        return batch + 1 == batches.count();
    }

    private void gatherFirst(int shard) {
        batches.gather(batch, shard, shards[shard]);
    }

    private void propagate(int shard) {
        shards[shard].propagate(backpropagation, parameters, batches.side(batch), lossRows);
    }

    /** Gathering is at both ends, where the crew begins, since it may have to wait for a disk. */
    private void gatherOrWork(int number) {
        int gathering = isLast() ? 0 : shards.length;
        int before = gathering / 2;
        int piece = number - before;
        if (piece >= 0 && piece < pieces) {
            work.run(piece);
        } else {
            int shard = piece < 0 ? number : number - pieces;
            batches.gather(batch + 1, shard, shards[shard]);
        }
    }
}
