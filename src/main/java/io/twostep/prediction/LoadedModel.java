package io.twostep.prediction;

import io.twostep.features.Notation;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelSchema;
import io.twostep.nn.HeapSize;
import io.twostep.nn.Inference;
import io.twostep.nn.Layer;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.FMatrixRMaj;

/** A model in memory, ready to answer, and always in the same way. Any number of threads share it, and its scratch buffers. */
public final class LoadedModel {

    /** Rows that run through the network together: enough to share the weights, few enough for a core's cache. */
    public static final int BLOCK = 264;

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
    private final long bytes;
    private final Reservation memory;
    private final AtomicInteger users = new AtomicInteger();
    private volatile boolean retired;
    private final BlockingQueue<Scratch> pool = new ArrayBlockingQueue<>(POOLED);

    /** @param memory reserved for the weights; grows with the scratch buffers */
    LoadedModel(
            String name,
            int version,
            ModelSchema schema,
            Network network,
            Parameters parameters,
            Arithmetic arithmetic,
            Reservation memory) {
        this.name = name;
        this.version = version;
        this.target = schema.target();
        this.columns = new InputColumns(schema.features());
        this.notation = schema.notation();
        this.inference = new Inference(network, parameters, arithmetic);
        this.blockRows = blockRows(network);
        this.bytes = bytes(network, arithmetic);
        this.memory = memory;
    }

    /** Bytes that the weights of a network take, once they are loaded. */
    private static long bytes(Network network, Arithmetic arithmetic) {
        return (long) HeapSize.ofInference(network, arithmetic.products());
    }

    /** Bytes that it takes to load them: as they lie in the file, or else as they are laid out, and as numbers. */
    static long bytesToLoad(Network network, Arithmetic arithmetic) {
        return (long) HeapSize.ofParameters(network) + bytes(network, arithmetic);
    }

    /** The most bytes that a model takes whom nobody asks but one piece of work, for one block of rows at a time. */
    static long bytesAlone(Network network, Arithmetic arithmetic) {
        int rows = blockRows(network);
        double answers = HeapSize.ofFloats((double) BLOCK * network.outputs());
        return bytesToLoad(network, arithmetic) + 2 * Scratch.bytes(network, rows) + 2 * (long) answers;
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

    /**
     * The rows of a new request, none so far and at most {@code mostRows}.
     *
     * @param memory of the request; grows with its answers
     * @throws io.twostep.error.ServiceException BUSY
     */
    public Instances instances(int mostRows, Reservation memory) {
        return new Instances(this, borrow(), mostRows, memory);
    }

    /** Bytes of its weights. */
    long bytes() {
        return bytes;
    }

    /** All bytes that it holds, those of its buffers included. */
    long reserved() {
        return memory.bytes();
    }

    /** Whether nobody asks it at present. */
    boolean isIdle() {
        return users.get() == 0;
    }

    /** Gives its memory back as soon as nobody asks it any more. */
    void retire() {
        retired = true;
        if (isIdle()) {
            memory.close();
        }
    }

    Scratch borrow() {
        Scratch scratch = pool.poll();
        if (scratch == null) {
            memory.grow(Scratch.bytes(network(), 1));
            scratch = new Scratch(network(), 1);
        }
        users.incrementAndGet();
        return scratch;
    }

    /** Makes room for more rows. */
    void grow(Scratch scratch, int rows) {
        long before = scratch.bytes();
        memory.grow(Scratch.bytes(network(), rows));
        scratch.grow(rows);
        memory.shrink(before);
    }

    void giveBack(Scratch scratch) {
        if (!pool.offer(scratch)) {
            memory.shrink(scratch.bytes());
        }
        if (users.decrementAndGet() == 0 && retired) {
            memory.close();
        }
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
