package io.twostep.training;

import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Noise;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A part of every batch that one thread takes through the network, with all buffers that needs. There are two sets of
 * inputs: while one is computed with, the next batch's rows are gathered into the other.
 */
final class Shard {

    private final List<Noise> inputNoises;
    private final Workspace workspace;
    private final Rows[] sides;
    private double total;

    private static final class Rows {

        private final FMatrixRMaj x;
        private final FMatrixRMaj y;
        private final @Nullable FMatrixRMaj weights;
        private long noiseKey;
        private int firstRow;

        private Rows(Examples examples, int capacity) {
            this.x = new FMatrixRMaj(capacity, examples.inputs());
            this.y = new FMatrixRMaj(capacity, examples.outputs());
            this.weights = examples.isWeighted() ? new FMatrixRMaj(capacity, 1) : null;
        }

        private void reshape(int rows) {
            x.reshape(rows, x.numCols);
            y.reshape(rows, y.numCols);
            if (weights != null) {
                weights.reshape(rows, 1);
            }
        }
    }

    /** @param sides how many sets of inputs are needed */
    Shard(Network network, Examples examples, int capacity, int sides) {
        this.inputNoises = network.inputNoises();
        this.workspace = Workspace.forTraining(network, capacity);
        this.sides =
                Stream.generate(() -> new Rows(examples, capacity)).limit(sides).toArray(Rows[]::new);
    }

    /**
     * Fills a side with the rows {@code order[from]} to before {@code order[to]}; there may be none.
     *
     * @param noiseKey of the batch
     * @param firstRow the place in it of the first of these rows
     */
    void gather(Examples examples, int[] order, int from, int to, int side, long noiseKey, int firstRow) {
        Rows rows = sides[side];
        rows.reshape(to - from);
        examples.gather(order, from, rows.x, rows.y);
        if (rows.weights != null) {
            examples.gatherWeights(order, from, rows.weights);
        }
        for (int place = 0; place < inputNoises.size(); place++) {
            inputNoises.get(place).disturb(rows.x, null, Noise.key(noiseKey, 0, place), firstRow, null);
        }
        rows.noiseKey = noiseKey;
        rows.firstRow = firstRow;
    }

    boolean isEmpty(int side) {
        return sides[side].x.numRows == 0;
    }

    /** [rows x inputs]. */
    FMatrixRMaj x(int side) {
        return sides[side].x;
    }

    /** [rows x outputs]. */
    FMatrixRMaj y(int side) {
        return sides[side].y;
    }

    Workspace workspace() {
        return workspace;
    }

    /** The loss's total over the rows last propagated. */
    double total() {
        return total;
    }

    void propagate(Backpropagation backpropagation, Parameters parameters, int side, int batchRows) {
        Rows rows = sides[side];
        workspace.draw(rows.noiseKey, rows.firstRow);
        total = isEmpty(side)
                ? 0
                : backpropagation.propagate(parameters, rows.x, rows.y, rows.weights, batchRows, workspace);
    }
}
