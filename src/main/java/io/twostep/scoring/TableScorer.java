package io.twostep.scoring;

import io.twostep.dataset.ColumnText;
import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetDraft;
import io.twostep.dataset.OpenTable;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.memory.Reservation;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a model about every row of a table, some rows at a time, through the same door as requests do. */
final class TableScorer {

    /** As many as a model answers at a time, so that nothing waits. */
    private static final int BLOCK = 256;

    private static final int MOST_PROBLEMS = 20;

    private final LoadedModel model;
    private final InputColumns inputs;
    private final List<String> read;
    private final int[] inputPositions;
    private final int[] keptPositions;
    private final ColumnType[] types;
    private final DatasetDraft out;
    private final Listener listener;
    private long done;

    /** Hears of every block. */
    interface Listener {
        void scored(int rows, Warnings warnings);
    }

    TableScorer(LoadedModel model, Dataset dataset, List<String> kept, DatasetDraft out, Listener listener) {
        this.model = model;
        this.inputs = model.columns();
        this.out = out;
        this.listener = listener;
        Set<String> wanted = new LinkedHashSet<>(kept);
        wanted.addAll(inputs.names());
        this.read = List.copyOf(wanted);
        Map<String, Integer> positions = new HashMap<>();
        read.forEach(name -> positions.put(name, positions.size()));
        this.keptPositions = kept.stream().mapToInt(positions::get).toArray();
        this.inputPositions = inputs.names().stream().mapToInt(positions::get).toArray();
        Map<String, ColumnType> typesByName = new HashMap<>();
        for (DatasetColumn column : dataset.columns()) {
            typesByName.put(column.name(), column.type());
        }
        this.types = read.stream().map(typesByName::get).toArray(ColumnType[]::new);
    }

    /**
     * Scores all rows.
     *
     * @throws ServiceException PREDICTION_SHAPE for values that the model does not take, PREDICTION_NOT_FINITE
     */
    void score(OpenTable table) {
        try (Instances instances = model.instances(BLOCK, Reservation.UNCOUNTED)) {
            table.forEachPiece(read, piece -> {
                for (int from = 0; from < piece.rows(); from += BLOCK) {
                    score(piece, from, Math.min(piece.rows(), from + BLOCK), instances);
                }
            });
        }
    }

    private void score(Table piece, int from, int to, Instances instances) {
        instances.clear();
        List<Problem> problems = new ArrayList<>();
        for (int row = from; row < to && problems.size() < MOST_PROBLEMS; row++) {
            instances.startRow();
            fill(piece, row, instances, done + row - from + 1, problems);
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.PREDICTION_SHAPE, problems);
        }
        Predictions predictions = predictions(instances, to - from);
        for (int row = from; row < to; row++) {
            for (int position : keptPositions) {
                out.value(ColumnText.of(piece.columns().get(position), types[position], row));
            }
            PredictionColumns.write(predictions, row - from, out);
            out.endRow();
        }
        done += to - from;
        listener.scored(to - from, instances.warnings());
    }

    private void fill(Table piece, int row, Instances instances, long number, List<Problem> problems) {
        for (int input = 0; input < inputPositions.length && problems.size() < MOST_PROBLEMS; input++) {
            ColumnData column = piece.columns().get(inputPositions[input]);
            String fault = column.isMissing(row) ? null : set(instances, input, column, row);
            if (fault != null) {
                problems.add(new Problem("", "row " + number + ", " + fault));
            }
        }
    }

    /** The fault of a value, or null. Numbers for a column of text are refused before a job is accepted. */
    private static @Nullable String set(Instances instances, int input, ColumnData column, int row) {
        return column instanceof Numbers numbers
                ? instances.set(input, numbers.values()[row])
                : instances.set(input, Objects.requireNonNull(((Texts) column).values()[row]));
    }

    private Predictions predictions(Instances instances, int rows) {
        try {
            return instances.predictions();
        } catch (ServiceException e) {
            if (e.code() != ErrorCode.PREDICTION_NOT_FINITE) {
                throw e;
            }
            ServiceException placed = new ServiceException(
                    e.code(),
                    "The answer to one of the rows " + (done + 1) + " to " + (done + rows)
                            + " is not a finite number.");
            placed.initCause(e);
            throw placed;
        }
    }
}
