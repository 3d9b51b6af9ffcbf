package io.twostep.prediction;

import io.twostep.features.Notation;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.model.ModelSchema;
import io.twostep.nn.Inference;
import io.twostep.nn.Layer;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.ejml.data.FMatrixRMaj;

/** A model in memory, ready to answer. Immutable but for a pool of scratch buffers; any number of threads share it. */
public final class LoadedModel {

    /** Rows that run through the network together: enough to share the weights, few enough for a core's cache. */
    private static final int BLOCK = 256;

    /** The most numbers in the buffers of one block, 16 MB: very wide networks run on fewer rows. */
    private static final int MOST_NUMBERS = 1 << 22;

    /** Scratch buffers that wait for a request, at most. */
    private static final int POOLED = 2 * Runtime.getRuntime().availableProcessors();

    private final String name;
    private final int version;
    private final TargetEncoder target;
    private final InputColumns columns;
    private final Notation notation;
    private final Inference inference;
    private final int blockRows;
    private final BlockingQueue<Scratch> pool = new ArrayBlockingQueue<>(POOLED);

    LoadedModel(
            String name,
            int version,
            ModelSchema schema,
            Network network,
            Parameters parameters,
            Arithmetic arithmetic) {
        this.name = name;
        this.version = version;
        this.target = schema.target();
        this.columns = new InputColumns(schema.features());
        this.notation = schema.notation();
        this.inference = new Inference(network, parameters, arithmetic);
        this.blockRows = blockRows(network);
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    /** What it takes. */
    public InputColumns columns() {
        return columns;
    }

    /** How text stands for values. */
    Notation notation() {
        return notation;
    }

    /** What it gives. */
    public TargetEncoder target() {
        return target;
    }

    /** The rows of a new request, none so far and at most {@code mostRows}. */
    public Instances instances(int mostRows) {
        return new Instances(this, borrow(), mostRows);
    }

    Scratch borrow() {
        Scratch pooled = pool.poll();
        return pooled == null ? new Scratch(network(), 1) : pooled;
    }

    void giveBack(Scratch scratch) {
        pool.offer(scratch);
    }

    /** Rows that run together. */
    int blockRows() {
        return blockRows;
    }

    int outputs() {
        return network().outputs();
    }

    /** The network's answers {@code [rows x outputs]} to the first rows of the inputs; good until the next ones. */
    FMatrixRMaj outputs(Scratch scratch, int rows) {
        return inference.answer(scratch.inputs(rows), scratch.workspace());
    }

    private Network network() {
        return inference.network();
    }

    private static int blockRows(Network network) {
        long width = network.inputs()
                + network.layers().stream().mapToLong(Layer::units).sum();
        return (int) Math.max(1, Math.min(BLOCK, MOST_NUMBERS / width));
    }
}
