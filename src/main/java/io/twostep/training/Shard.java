package io.twostep.training;

import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A part of every batch that one thread takes through the network, with all buffers that needs. There are two sets of
 * inputs: while one is computed with, the next batch's rows are gathered into the other.
 */
final class Shard {

    private final Workspace workspace;
    private final Rows[] sides;
    private double total;

    private record Rows(
            FMatrixRMaj x, FMatrixRMaj y, @Nullable FMatrixRMaj weights) {
        private Rows(Examples examples, int capacity) {
            this(
                    new FMatrixRMaj(capacity, examples.inputs()),
                    new FMatrixRMaj(capacity, examples.outputs()),
                    examples.isWeighted() ? new FMatrixRMaj(capacity, 1) : null);
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
        this.workspace = Workspace.forTraining(network, capacity);
        this.sides =
                Stream.generate(() -> new Rows(examples, capacity)).limit(sides).toArray(Rows[]::new);
    }

    /** Fills a side with the rows {@code order[from]} to before {@code order[to]}; there may be none. */
    void gather(Examples examples, int[] order, int from, int to, int side) {
        Rows rows = sides[side];
        rows.reshape(to - from);
        examples.gather(order, from, rows.x, rows.y);
        if (rows.weights != null) {
            examples.gatherWeights(order, from, rows.weights);
        }
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
        total = isEmpty(side)
                ? 0
                : backpropagation.propagate(parameters, rows.x, rows.y, rows.weights, batchRows, workspace);
    }
}
