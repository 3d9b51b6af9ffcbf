package io.twostep.scoring;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.memory.Reservation;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table that go to a model through the same door as those of a request. For one thread; to be closed. */
public final class TableInstances implements AutoCloseable {

    /** The most rows at a time: as many as a model answers so, that nothing waits. */
    public static final int BLOCK = LoadedModel.BLOCK;

    private static final int MOST_PROBLEMS = 20;

    private final Instances instances;
    private final int[] positions;

    /** @param read the columns of the pieces that will be shown, those of the model among them */
    public TableInstances(LoadedModel model, List<String> read) {
        this.instances = model.instances(BLOCK, Reservation.UNCOUNTED);
        Map<String, Integer> places = new HashMap<>();
        read.forEach(name -> places.put(name, places.size()));
        this.positions = model.columns().names().stream().mapToInt(places::get).toArray();
    }

    /**
     * The model's answers to some rows; good until the next ones.
     *
     * @param rows numbers of rows in the piece, one to {@link #BLOCK} of them
     * @param before rows of the table that stand before the piece
     * @throws ServiceException PREDICTION_SHAPE for values that the model does not take, PREDICTION_NOT_FINITE; rows are
     *     counted from 1
     */
    public Predictions answers(Table piece, int[] rows, long before) {
        instances.clear();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < rows.length && problems.size() < MOST_PROBLEMS; i++) {
            instances.startRow();
            fill(piece, rows[i], before + rows[i] + 1, problems);
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.PREDICTION_SHAPE, problems);
        }
        return predictions(before + rows[0] + 1, before + rows[rows.length - 1] + 1);
    }

    /** What is to be said of the values of the last rows. */
    public Warnings warnings() {
        return instances.warnings();
    }

    @Override
    public void close() {
        instances.close();
    }

    private void fill(Table piece, int row, long number, List<Problem> problems) {
        for (int input = 0; input < positions.length && problems.size() < MOST_PROBLEMS; input++) {
            ColumnData column = piece.columns().get(positions[input]);
            String fault = column.isMissing(row) ? null : set(input, column, row);
            if (fault != null) {
                problems.add(new Problem("", "row " + number + ", " + fault));
            }
        }
    }

    /** The fault of a value, or null. Numbers for a column of text are refused before, see {@link InputCheck}. */
    private @Nullable String set(int input, ColumnData column, int row) {
        return column instanceof Numbers numbers
                ? instances.set(input, numbers.values()[row])
                : instances.set(input, Objects.requireNonNull(((Texts) column).values()[row]));
    }

    private Predictions predictions(long first, long last) {
        try {
            return instances.predictions();
        } catch (ServiceException e) {
            if (e.code() != ErrorCode.PREDICTION_NOT_FINITE) {
                throw e;
            }
            ServiceException placed = new ServiceException(
                    e.code(), "The answer to one of the rows " + first + " to " + last + " is not a finite number.");
            placed.initCause(e);
            throw placed;
        }
    }
}
