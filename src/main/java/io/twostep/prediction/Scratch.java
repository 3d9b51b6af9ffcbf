package io.twostep.prediction;

import io.twostep.nn.HeapSize;
import io.twostep.nn.Network;
import io.twostep.nn.Workspace;
import org.ejml.data.FMatrixRMaj;

/** What one request at a time writes to: a block of input rows, and the buffers of the network that runs on them. */
final class Scratch {

    private final Network network;
    private final FMatrixRMaj inputs;
    private Workspace workspace;

    Scratch(Network network, int rows) {
        this.network = network;
        this.inputs = new FMatrixRMaj(rows, network.inputs());
        this.workspace = Workspace.forPrediction(network, rows);
    }

    /** How many bytes one for so many rows takes. */
    static long bytes(Network network, int rows) {
        double inputs = HeapSize.ofFloats((double) rows * network.inputs());
        return (long) (inputs + Workspace.bytesForPrediction(network, rows));
    }

    /** How many bytes it takes. */
    long bytes() {
        return bytes(network, capacity());
    }

    /** The most rows that fit. */
    int capacity() {
        return workspace.capacity();
    }

    /** Makes room for more rows; those that are there stay, up to the capacity. */
    void grow(int rows) {
        inputs.reshape(capacity(), inputs.numCols); // or only as many would stay as were asked for last
        inputs.reshape(rows, inputs.numCols, true);
        workspace = Workspace.forPrediction(network, rows);
    }

    /** The inputs, row by row, of as many rows as fit. */
    float[] inputs() {
        return inputs.data;
    }

    /** The first rows. */
    FMatrixRMaj inputs(int rows) {
        inputs.reshape(rows, inputs.numCols);
        return inputs;
    }

    Workspace workspace() {
        return workspace;
    }
}
