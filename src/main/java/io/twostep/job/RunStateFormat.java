package io.twostep.job;

import io.twostep.nn.Network;
import io.twostep.training.Plateau;
import io.twostep.training.RunState;
import io.twostep.training.TrainingSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A {@link RunState} in bytes, big-endian. The shapes are not told: they follow from recipe and network.
 *
 * <pre>
 * int32     version of the format: 4
 * int32     epoch, int32 next batch, float64 loss of the epoch so far, float64 seconds
 * float64   lowest watched loss, int32 its epoch
 * float64   loss at the last progress, int32 its epoch
 * int32     number of losses that are averaged, float64 each
 * int64     steps of the optimiser
 * int32     numbers that it remembers beside its matrices, float64 each
 * float64   loss at the last progress that the learning rate saw, int32 epochs waited since, int32 epochs to rest
 * float64   what plateaus have made of the learning rate
 * int8      1 if the parameters of the best epoch are kept, else 0
 * float32   the matrices, each row by row
 * </pre>
 */
public final class RunStateFormat {

    private static final int VERSION = 4;
    private static final int CHUNK = 1 << 16;

    private RunStateFormat() {}

    /** Writes the state; does not close the stream. */
    public static void write(RunState state, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(VERSION);
        write(state.figures(), out);
        byte[] chunk = new byte[CHUNK];
        for (FMatrixRMaj matrix : state.matrices()) {
            write(matrix, chunk, out);
        }
        out.flush();
    }

    /**
     * The state that was written.
     *
     * @param network that is trained
     * @param spec how
     * @throws IOException if these are not the bytes of such a state
     */
    public static RunState read(Network network, TrainingSpec spec, InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("the format is version " + version + ", and only " + VERSION + " is known");
        }
        RunState state = RunState.of(network, spec, figures(in));
        byte[] chunk = new byte[CHUNK];
        for (FMatrixRMaj matrix : state.matrices()) {
            read(matrix, chunk, in);
        }
        return state;
    }

    private static void write(RunState.Figures figures, DataOutputStream out) throws IOException {
        out.writeInt(figures.epoch());
        out.writeInt(figures.batch());
        out.writeDouble(figures.total());
        out.writeDouble(figures.seconds());
        out.writeDouble(figures.lowest());
        out.writeInt(figures.bestEpoch());
        out.writeDouble(figures.reference());
        out.writeInt(figures.referenceEpoch());
        write(figures.recent(), out);
        out.writeLong(figures.steps());
        write(figures.numbers(), out);
        write(figures.plateau(), out);
        out.writeBoolean(figures.best());
    }

    private static void write(List<Double> numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.size());
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static List<Double> numbers(DataInputStream in) throws IOException {
        List<Double> numbers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            numbers.add(in.readDouble());
        }
        return numbers;
    }

    private static void write(Plateau plateau, DataOutputStream out) throws IOException {
        out.writeDouble(plateau.reference());
        out.writeInt(plateau.waited());
        out.writeInt(plateau.resting());
        out.writeDouble(plateau.factor());
    }

    private static RunState.Figures figures(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        int batch = in.readInt();
        double total = in.readDouble();
        double seconds = in.readDouble();
        double lowest = in.readDouble();
        int bestEpoch = in.readInt();
        double reference = in.readDouble();
        int referenceEpoch = in.readInt();
        List<Double> recent = numbers(in);
        long steps = in.readLong();
        List<Double> numbers = numbers(in);
        Plateau plateau = new Plateau(in.readDouble(), in.readInt(), in.readInt(), in.readDouble());
        return new RunState.Figures(
                epoch,
                batch,
                total,
                seconds,
                lowest,
                bestEpoch,
                reference,
                referenceEpoch,
                recent,
                steps,
                numbers,
                in.readBoolean(),
                plateau);
    }

    private static void write(FMatrixRMaj matrix, byte[] chunk, OutputStream out) throws IOException {
        int numbers = matrix.getNumElements();
        for (int done = 0; done < numbers; ) {
            int count = Math.min(chunk.length / Float.BYTES, numbers - done);
            ByteBuffer.wrap(chunk).asFloatBuffer().put(matrix.data, done, count);
            out.write(chunk, 0, count * Float.BYTES);
            done += count;
        }
    }

    private static void read(FMatrixRMaj matrix, byte[] chunk, InputStream in) throws IOException {
        int numbers = matrix.getNumElements();
        for (int done = 0; done < numbers; ) {
            int count = Math.min(chunk.length / Float.BYTES, numbers - done);
            if (in.readNBytes(chunk, 0, count * Float.BYTES) < count * Float.BYTES) {
                throw new EOFException("it ends too early");
            }
            ByteBuffer.wrap(chunk).asFloatBuffer().get(matrix.data, done, count);
            done += count;
        }
    }
}
