package io.twostep.training;

import io.twostep.matrix.RandomStream;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** The training rows in random order, a batch at a time, gathered into buffers that are made once. */
final class Batches {

    private final Examples examples;
    private final int size;
    private final int[] order;
    private final FMatrixRMaj x;
    private final FMatrixRMaj y;

    Batches(Examples examples, int size) {
        this.examples = examples;
        this.size = Math.min(size, examples.rows());
        this.order = new int[examples.rows()];
        this.x = new FMatrixRMaj(this.size, examples.inputs());
        this.y = new FMatrixRMaj(this.size, examples.outputs());
        if (isFull()) {
            examples.copy(0, x, y);
        }
    }

    int rows() {
        return examples.rows();
    }

    /** The most rows of a batch. */
    int capacity() {
        return size;
    }

    int count() {
        return (rows() + size - 1) / size;
    }

    /** A new order for a new epoch, a function of {@code random} alone; a full batch has no use for one. */
    void shuffle(RandomStream random) {
        if (!isFull()) {
            Arrays.setAll(order, row -> row);
            random.shuffle(order);
        }
    }

    /** Makes {@link #x()} and {@link #y()} the rows of batch {@code index}. */
    void select(int index) {
        if (!isFull()) {
            int from = index * size;
            int rows = Math.min(size, rows() - from);
            x.reshape(rows, x.numCols);
            y.reshape(rows, y.numCols);
            examples.gather(order, from, x, y);
        }
    }

    /** [batch x inputs]. */
    FMatrixRMaj x() {
        return x;
    }

    /** [batch x outputs]. */
    FMatrixRMaj y() {
        return y;
    }

    private boolean isFull() {
        return size == examples.rows();
    }
}
