package io.twostep.training;

import io.twostep.nn.Backpropagation;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Runs rows that are not learned from through a network, a block at a time, in buffers that are made once. As many
 * blocks at once as the crew has threads; their answers are read in order.
 */
final class Blocks {

    /** Few enough for a core's cache, enough for the native products. */
    static final int ROWS = 256;

    /** Sees a block of answers beside the truth, both [rows x outputs], and the rows' weights if they have any. */
    interface Reader {
        void read(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights);
    }

    /** Sees a block itself. */
    private interface BlockReader {
        void read(Block block);
    }

    private final Backpropagation backpropagation;
    private final Examples examples;
    private final Crew crew;
    private final Block[] blocks;
    private double total;

    Blocks(Backpropagation backpropagation, Examples examples, Crew crew) {
        this.backpropagation = backpropagation;
        this.examples = examples;
        this.crew = crew;
        int atOnce = (int) Math.max(1, Math.min(crew.size(), ((long) examples.rows() + ROWS - 1) / ROWS));
        this.blocks = Stream.generate(Block::new).limit(atOnce).toArray(Block[]::new);
    }

    private void forEach(Parameters parameters, BlockReader reader) {
        for (long from = 0; from < examples.rows(); from += (long) ROWS * blocks.length) {
            int first = (int) from;
            int present = (int) Math.min(blocks.length, (examples.rows() - from + ROWS - 1) / ROWS);
            crew.run(block -> blocks[block].forward(parameters, first + block * ROWS), present);
            for (int block = 0; block < present; block++) {
                reader.read(blocks[block]);
            }
        }
    }

    /** The loss over all rows, a mean of theirs by their weights. */
    double loss(Parameters parameters) {
        return loss(parameters, (predicted, actual, weights) -> {});
    }

    /** The loss over all rows, which the reader sees on the way. */
    double loss(Parameters parameters, Reader reader) {
        total = 0;
        forEach(parameters, block -> {
            total += backpropagation.total(block.predicted, block.y, block.weights);
            reader.read(block.predicted, block.y, block.weights);
        });
        return backpropagation.loss(total, examples.totalWeight());
    }

    private final class Block {

        private final FMatrixRMaj x;
        private final FMatrixRMaj y;
        private final @Nullable FMatrixRMaj weights;
        private final Workspace workspace;
        private FMatrixRMaj predicted = new FMatrixRMaj(0, 0);

        private Block() {
            int capacity = Math.min(ROWS, examples.rows());
            x = new FMatrixRMaj(capacity, examples.inputs());
            y = new FMatrixRMaj(capacity, examples.outputs());
            weights = examples.isWeighted() ? new FMatrixRMaj(capacity, 1) : null;
            workspace = Workspace.forPrediction(backpropagation.network(), capacity);
        }

        private void forward(Parameters parameters, int from) {
            int rows = Math.min(ROWS, examples.rows() - from);
            x.reshape(rows, x.numCols);
            y.reshape(rows, y.numCols);
            examples.copy(from, x, y);
            if (weights != null) {
                weights.reshape(rows, 1);
                examples.copyWeights(from, weights);
            }
            predicted = backpropagation.forward(parameters, x, workspace);
        }
    }
}
