package io.twostep.job.store;

import io.twostep.storage.FloatRows;
import io.twostep.storage.FloatRowsWriter;
import io.twostep.training.ExampleStore;
import io.twostep.training.Examples;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Writes the file of some {@link FileExamples}, and holds it until nobody reads it any more. */
final class FileExamplesWriter implements ExampleStore.Writer, AutoCloseable {

    private final FloatRowsWriter file;
    private final int rows;
    private final int inputs;
    private final int outputs;
    private int written;
    private @Nullable FloatRows finished;

    FileExamplesWriter(FloatRowsWriter file, int rows, int inputs, int outputs) {
        this.file = file;
        this.rows = rows;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    @Override
    public void append(FMatrixRMaj x, FMatrixRMaj y) {
        if (x.numRows != y.numRows || x.numRows > rows - written) {
            throw new IllegalArgumentException(
                    "%d and %d rows do not fit behind %d of %d".formatted(x.numRows, y.numRows, written, rows));
        }
        if (x.numCols != inputs || y.numCols != outputs) {
            throw new IllegalArgumentException("rows of %d and %d numbers do not fit among rows of %d and %d"
                    .formatted(x.numCols, y.numCols, inputs, outputs));
        }
        for (int i = 0; i < x.numRows; i++) {
            file.write(x.data, i * inputs, inputs);
            file.write(y.data, i * outputs, outputs);
        }
        written += x.numRows;
    }

    @Override
    public Examples finish() {
        if (written < rows) {
            throw new IllegalStateException("only %d of %d rows were written".formatted(written, rows));
        }
        finished = file.finish();
        return new FileExamples(finished, inputs, outputs);
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
