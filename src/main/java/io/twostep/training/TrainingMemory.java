package io.twostep.training;

import io.twostep.nn.HeapSize;
import io.twostep.nn.Network;
import io.twostep.nn.Workspace;

/** How many bytes of the heap a training needs at most, as {@link HeapSize} finds it. */
public final class TrainingMemory {

    private TrainingMemory() {}

    /**
     * The network, its gradients, what the optimiser remembers, and the buffers of a batch and of the blocks of rows that
     * are judged.
     *
     * @param rows of all parts together
     * @param weighted whether rows have weights
     * @param threads that may take part
     */
    public static double ofTraining(Network network, TrainingSpec spec, long rows, boolean weighted, int threads) {
        int copies = 2 + spec.optimizer().slots() + (spec.stop().patience() == null ? 0 : 1);
        double orderAndWeights = HeapSize.ofFloats((double) rows) * (weighted ? 2 : 1);
        return copies * HeapSize.ofParameters(network)
                + ofBatch(network, spec, rows)
                + ofBlocks(network, rows, threads)
                + Judge.bytes(rows, network)
                + orderAndWeights;
    }

    /**
     * The same, and what comes after it: the network is judged, and beside it {@link PerceptronBaseline a smaller one}.
     *
     * @param rows of all parts together
     * @param weighted whether rows have weights
     * @param threads that may take part
     */
    public static double ofJob(Network network, TrainingSpec spec, long rows, boolean weighted, int threads) {
        return Math.max(
                ofTraining(network, spec, rows, weighted, threads),
                HeapSize.ofParameters(network) + PerceptronBaseline.bytes(network, rows, weighted, threads));
    }

    /** The encoded rows. */
    public static double ofExamples(long rows, int inputs, int outputs) {
        return HeapSize.ofFloats((double) rows * inputs) + HeapSize.ofFloats((double) rows * outputs);
    }

    /** The buffers in which the rows of a table are encoded, those to learn from and the others. */
    public static double ofEncoding(long rows, int inputs, int outputs) {
        double capacity = Math.min((double) rows, Math.max(1, RowEncoder.CELLS / Math.max(inputs, outputs)));
        return 2 * (HeapSize.ofFloats(capacity * inputs) + HeapSize.ofFloats(capacity * outputs));
    }

    /** All shards of a batch, each with its rows and, unless one batch is all there is, with those of the next. */
    private static double ofBatch(Network network, TrainingSpec spec, long rows) {
        int size = EpochSteps.rowsTogether(network, spec, rows);
        int shards = Partition.of(network, size).shards();
        double shardRows = Math.ceil((double) size / shards);
        int sides = size < rows ? 2 : 1;
        return shards * (sides * ofRows(network, shardRows) + Workspace.bytesForTraining(network, shardRows));
    }

    private static double ofBlocks(Network network, long rows, int threads) {
        double blocks = Math.min(threads, Math.ceil((double) rows / Blocks.ROWS));
        double size = Math.min((double) rows, Blocks.ROWS);
        return blocks * (ofRows(network, size) + Workspace.bytesForPrediction(network, size));
    }

    /** Inputs, outputs and weights. */
    private static double ofRows(Network network, double rows) {
        return HeapSize.ofFloats(rows * network.inputs())
                + HeapSize.ofFloats(rows * network.outputs())
                + HeapSize.ofFloats(rows);
    }
}
