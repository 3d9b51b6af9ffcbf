package io.twostep.training;

import io.twostep.nn.Backpropagation;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import org.ejml.data.FMatrixRMaj;

/** Runs rows that are not learned from through a network, a block at a time, in buffers that are made once. */
final class Blocks {

    private static final int ROWS = 1024;

    /** Sees a block of answers beside the truth, both [rows x outputs]. */
    interface Reader {
        void read(FMatrixRMaj predicted, FMatrixRMaj actual);
    }

    private final Backpropagation backpropagation;
    private final Examples examples;
    private final FMatrixRMaj x;
    private final FMatrixRMaj y;
    private final Workspace workspace;
    private double total;

    Blocks(Backpropagation backpropagation, Examples examples) {
        int block = Math.min(ROWS, examples.rows());
        this.backpropagation = backpropagation;
        this.examples = examples;
        this.x = new FMatrixRMaj(block, examples.inputs());
        this.y = new FMatrixRMaj(block, examples.outputs());
        this.workspace = Workspace.forPrediction(backpropagation.network(), block);
    }

    void forEach(Parameters parameters, Reader reader) {
        for (int from = 0; from < examples.rows(); from += ROWS) {
            int rows = Math.min(ROWS, examples.rows() - from);
            x.reshape(rows, x.numCols);
            y.reshape(rows, y.numCols);
            examples.copy(from, x, y);
            reader.read(backpropagation.forward(parameters, x, workspace), y);
        }
    }

    /** The loss over all rows. */
    double loss(Parameters parameters) {
        total = 0;
        forEach(parameters, (predicted, actual) -> total += backpropagation.total(predicted, actual));
        return backpropagation.loss(total, examples.rows());
    }
}
