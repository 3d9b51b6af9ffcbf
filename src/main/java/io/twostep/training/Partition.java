package io.twostep.training;

import io.twostep.matrix.Tile;
import io.twostep.nn.Layer;
import io.twostep.nn.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * How the work of a step is cut. The network and the batch alone decide, never the number of threads: each sum is made
 * of the same runs in the same order, so that its bits are the same on one core and on many.
 *
 * <p>Two cuts are known. Where the weights stay in a core's cache, the rows of a batch are cut into shards, each taken
 * forward and back by one thread. Where they do not, every shard would fetch them all again; there the batch stays
 * whole, and the columns of each product are cut instead. So they are where a layer asks for the whole batch.
 *
 * <p>Sizes were found with TrainingBenchmark (Zen 4).
 *
 * @param shards into which a batch is cut
 * @param wide whether products are cut
 * @param worthwhile whether the work of a step is enough for more than one thread
 */
record Partition(int shards, boolean wide, boolean worthwhile) {

    Partition {
        if (wide && shards != 1) {
            throw new IllegalArgumentException("either the batch is cut or its products are, not both");
        }
    }

    /** Numbers of one layer's weights that fit a core's cache. */
    private static final int CACHED = 1 << 18;

    /** Native products of fewer rows lose too much of their speed. */
    private static final int FEWEST_ROWS = 64;

    private static final int MOST_SHARDS = 16;

    /** Multiplications below which sharing a piece of work costs more than it saves: some microseconds. */
    private static final long SMALLEST_PIECE = 200_000;

    private static final int MOST_TILES = 8;

    /** Suits the native kernels. */
    private static final int MULTIPLE = 16;

    static Partition of(Network network, int batchSize) {
        long pieces = 2 * network.parameterCount() * batchSize / SMALLEST_PIECE;
        boolean wide = (network.needsWholeBatches() && pieces > 1)
                || network.layers().stream().anyMatch(layer -> layer.weightCount() > CACHED);
        long shards = Math.min(MOST_SHARDS, Math.min(batchSize / FEWEST_ROWS, pieces));
        return new Partition(wide ? 1 : (int) Math.max(1, shards), wide, pieces > 1);
    }

    /** The runs of a layer's weights whose gradient and step are made together: whole rows. */
    static List<Tile> rows(Layer layer, int batchSize) {
        return cut(layer.weightRows(), pieces(layer.weightCount() * batchSize)).stream()
                .map(run -> new Tile(run.from, run.size, 0, layer.units()))
                .toList();
    }

    /** The runs of a matrix [rows x columns] whose numbers are sums of {@code terms}: whole columns. */
    static List<Tile> columns(int rows, int columns, int terms) {
        return cut(columns, pieces((long) rows * columns * terms)).stream()
                .map(run -> new Tile(0, rows, run.from, run.size))
                .toList();
    }

    private static int pieces(long multiplications) {
        return (int) Math.max(1, Math.min(MOST_TILES, multiplications / SMALLEST_PIECE));
    }

    private record Run(int from, int size) {}

    private static List<Run> cut(int length, int pieces) {
        int size = (length + pieces - 1) / pieces;
        int even = (size + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < length; from += even) {
            runs.add(new Run(from, Math.min(even, length - from)));
        }
        return runs;
    }
}
