package io.twostep.training;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.Arrays;

/** The training rows in random order, or in their own, cut into batches, and each batch into shards. */
final class Batches {

    private final Examples examples;
    private final int size;
    private final int shardRows;
    private final int[] order;
    private final boolean random;
    private boolean ordered;
    private long noiseKey;

    /** @param random whether rows come in another order in each epoch; those of a full batch never do */
    Batches(Examples examples, int size, int shards, boolean random) {
        this.examples = examples;
        this.size = Math.min(size, examples.rows());
        this.random = random && this.size < examples.rows();
        this.shardRows = (int) (((long) this.size + shards - 1) / shards);
        this.order = new int[examples.rows()];
    }

    /** The rows of every batch but the last, which may be smaller. */
    int size() {
        return size;
    }

    /** The most rows of a shard. */
    int shardRows() {
        return shardRows;
    }

    int count() {
        return (int) (((long) examples.rows() + size - 1) / size);
    }

    /** How many sets of inputs a shard needs: a full batch has none that follows. */
    int sides() {
        return Math.min(2, count());
    }

    int rows(int batch) {
        return end(batch) - batch * size;
    }

    /** The order of an epoch's rows and their noise, from the seed and the epoch alone. */
    void beginEpoch(long seed, int epoch) {
        if (random || !ordered) {
            Arrays.setAll(order, row -> row);
        }
        if (random) {
            RandomStream.of(seed, Purpose.SHUFFLE, epoch).shuffle(order);
        }
        ordered = true;
        noiseKey = RandomStream.key(RandomStream.key(seed, Purpose.NOISE), epoch);
    }

    /** Which set of a shard's inputs a batch uses. */
    int side(int batch) {
        return batch % 2;
    }

    /** Fills a shard of a batch with its rows, and chooses their noise. */
    void gather(int batch, int index, Shard shard) {
        int from = Math.min(end(batch), batch * size + index * shardRows);
        int to = Math.min(end(batch), from + shardRows);
        shard.gather(examples, order, from, to, side(batch), RandomStream.key(noiseKey, batch), from - batch * size);
    }

    private int end(int batch) {
        return (int) Math.min(examples.rows(), (long) batch * size + size);
    }
}
