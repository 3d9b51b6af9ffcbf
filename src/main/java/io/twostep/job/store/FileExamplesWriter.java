package io.twostep.job.store;

import io.twostep.storage.FloatRows;
import io.twostep.storage.FloatRowsWriter;
import io.twostep.training.ExampleStore;
import io.twostep.training.Examples;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Writes the file of some {@link FileExamples}, and holds it until nobody reads it any more. */
final class FileExamplesWriter implements ExampleStore.Writer, AutoCloseable {

    private final FloatRowsWriter file;
    private final int rows;
    private final int inputs;
    private final int outputs;
    private final AtomicInteger written = new AtomicInteger();
    private @Nullable FloatRows finished;

    FileExamplesWriter(FloatRowsWriter file, int rows, int inputs, int outputs) {
        this.file = file;
        this.rows = rows;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    @Override
    public void append(FMatrixRMaj x, FMatrixRMaj y) {
        if (x.numRows != y.numRows || x.numRows > rows - written.get()) {
            throw new IllegalArgumentException(
                    "%d and %d rows do not fit behind %d of %d".formatted(x.numRows, y.numRows, written.get(), rows));
        }
        if (x.numCols != inputs || y.numCols != outputs) {
            throw new IllegalArgumentException("rows of %d and %d numbers do not fit among rows of %d and %d"
                    .formatted(x.numCols, y.numCols, inputs, outputs));
        }
        for (int i = 0; i < x.numRows; i++) {
            file.write(x.data, i * inputs, inputs);
            file.write(y.data, i * outputs, outputs);
        }
        written.addAndGet(x.numRows);
    }

    @Override
    public Examples finish() {
        if (written.get() < rows) {
            throw new IllegalStateException("only %d of %d rows were written".formatted(written.get(), rows));
        }
        finished = file.finish();
        return new FileExamples(finished, inputs, outputs);
    }

    /** Bytes that are still to be written. */
    long unwritten() {
        return (long) (rows - written.get()) * (inputs + outputs) * Float.BYTES;
    }

    @Override
    public void close() {
        if (finished == null) {
            file.close();
        } else {
            finished.close();
        }
    }
}
