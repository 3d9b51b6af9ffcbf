package io.twostep.prediction;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.features.Notation;
import io.twostep.features.TextValue;
import io.twostep.memory.Reservation;
import io.twostep.nn.HeapSize;
import io.twostep.prediction.Warning.Kind;
import java.util.OptionalDouble;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one request, whatever form they arrive in. Each value is encoded as it comes, straight into the input
 * matrix; when a block of rows is full the network runs on it, so that many rows need no more memory than one block.
 *
 * <p>For one thread, and to be closed: its buffers go to the next request then.
 */
public final class Instances implements AutoCloseable {

    /** Objects may leave values out, and answers may be wide, so that a body's length says little of what it costs. */
    private static final long MOST_VALUES = 10_000_000;

    private final LoadedModel model;
    private final InputColumns columns;
    private final Notation notation;
    private final double[] missingNumbers;
    private final Scratch scratch;
    private final int mostRows;
    private final Reservation memory;
    private final FMatrixRMaj outputs;
    private final Warnings warnings = new Warnings();

    /** What is to be said of each value of the present row. */
    private final Remarks remarks;

    /** Rows of the blocks that have been run, and those of the present block. */
    private int answered;

    private int open;

    /** Where the present row begins among the inputs. */
    private int row;

    Instances(LoadedModel model, Scratch scratch, int mostRows, Reservation memory) {
        this.model = model;
        this.columns = model.columns();
        this.notation = model.notation();
        this.missingNumbers = notation.missingNumbers();
        this.scratch = scratch;
        this.mostRows = mostRows;
        this.memory = memory;
        this.outputs = new FMatrixRMaj(0, model.outputs());
        this.remarks = new Remarks(columns.count());
    }

    /** What a row consists of. */
    public InputColumns columns() {
        return columns;
    }

    /** How text stands for values. */
    public Notation notation() {
        return notation;
    }

    public int rows() {
        return answered + open;
    }

    /**
     * Begins the next row, in which everything is missing.
     *
     * @throws ServiceException {@link ErrorCode#TOO_MANY_INSTANCES}, {@link ErrorCode#BUSY},
     *     {@link ErrorCode#REQUEST_TOO_LARGE}
     */
    public void startRow() {
        if (rows() == mostRows || (long) rows() * Math.max(columns.count(), outputs.numCols) > MOST_VALUES) {
            throw new ServiceException(
                    ErrorCode.TOO_MANY_INSTANCES,
                    "One request may hold at most " + mostRows + " instances, and " + MOST_VALUES
                            + " values or probabilities.");
        }
        remarks.tell(rows() - 1, warnings);
        if (open == scratch.capacity()) {
            if (open < model.blockRows()) {
                model.grow(scratch, Math.min(model.blockRows(), 8 * open));
            } else {
                run();
            }
        }
        row = open * columns.inputs();
        columns.encodeMissing(scratch.inputs(), row);
        open++;
        remarks.begin();
    }

    /**
     * Sets a numeric column of the present row. A number that the training table had for a marker of missing values, such
     * as 999, is no value.
     *
     * @return why the model cannot take the value, or null if it can; the request has to be refused then
     */
    public @Nullable String set(int position, double value) {
        if (missingNumbers.length > 0 && isMissing(value)) {
            return null;
        }
        if (columns.isOutOfRange(position, value)) {
            remarks.note(position, Kind.OUT_OF_RANGE);
        } else if (!Double.isNaN(value)) {
            remarks.noteNothing(position);
        }
        return columns.encode(position, value, scratch.inputs(), row);
    }

    private boolean isMissing(double value) {
        for (double marker : missingNumbers) {
            if (value == marker) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sets a column of the present row to a value as it is written, in whatever form the request is: the same text means
     * the same in all of them, and the same as in a table of training rows. A numeric column reads a number out of it, a
     * text column takes it for a category. A marker of its missing values is no value, but where the training rows
     * had it as a category.
     *
     * @return why the model cannot take the value, or null if it can; the request has to be refused then
     */
    public @Nullable String set(int position, String text) {
        return columns.isNumeric(position) ? setNumber(position, text) : setCategory(position, text);
    }

    private @Nullable String setNumber(int position, String text) {
        OptionalDouble number = notation.number(text);
        if (number.isPresent()) {
            return set(position, number.getAsDouble());
        }
        return notation.isMissing(text)
                ? null
                : columns.fault(
                        position,
                        "must be a finite number" + (notation.hasComma() ? " with a decimal comma" : "") + " but was "
                                + Excerpt.quoted(text));
    }

    private @Nullable String setCategory(int position, String text) {
        String category = TextValue.category(text);
        boolean seen = columns.hasSeen(position, category);
        if (!seen && notation.isMissing(text)) {
            return null;
        }
        if (!seen && columns.remembersCategories(position)) {
            remarks.note(position, Kind.UNSEEN_CATEGORY);
        } else if (columns.isOutOfRange(position, category)) {
            remarks.note(position, Kind.OUT_OF_RANGE);
        } else {
            remarks.noteNothing(position);
        }
        return columns.encode(position, category, scratch.inputs(), row);
    }

    /** What is to be said of the values; complete when the predictions are there. */
    public Warnings warnings() {
        return warnings;
    }

    /** The inputs of the present block, row by row, and room for more. */
    float[] inputs() {
        return scratch.inputs();
    }

    /** Forgets all rows. */
    public void clear() {
        answered = 0;
        open = 0;
        warnings.clear();
        remarks.forget();
    }

    /**
     * The answers to all rows.
     *
     * @throws ServiceException {@link ErrorCode#PREDICTION_NOT_FINITE}, {@link ErrorCode#BUSY},
     *     {@link ErrorCode#REQUEST_TOO_LARGE}
     */
    public Predictions predictions() {
        remarks.tell(rows() - 1, warnings);
        run();
        return new Predictions(model.target(), outputs);
    }

    @Override
    public void close() {
        model.giveBack(scratch);
    }

    /** Answers the present block. */
    private void run() {
        FMatrixRMaj block = model.outputs(scratch, open);
        int rows = rows();
        if (rows * outputs.numCols > outputs.data.length) {
            growOutputs(Math.min(mostRows, Math.max(rows, 2 * answered)));
        }
        outputs.reshape(rows, outputs.numCols);
        System.arraycopy(block.data, 0, outputs.data, answered * outputs.numCols, open * outputs.numCols);
        answered = rows;
        open = 0;
    }

    private void growOutputs(int rows) {
        long before = bytes(outputs.data.length);
        memory.grow(bytes(rows * outputs.numCols));
        outputs.reshape(rows, outputs.numCols, true);
        memory.shrink(before);
    }

    private static long bytes(int numbers) {
        return numbers == 0 ? 0 : (long) HeapSize.ofFloats(numbers);
    }
}
