package io.twostep.scoring;

import io.twostep.dataset.ColumnText;
import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetDraft;
import io.twostep.dataset.OpenTable;
import io.twostep.features.Table;
import io.twostep.prediction.AnswerColumns;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Asks a model about every row of a table, some rows at a time. */
final class TableScorer {

    private final LoadedModel model;
    private final List<String> read;
    private final int[] keptPositions;
    private final ColumnType[] types;
    private final DatasetDraft out;
    private final int added;
    private final Listener listener;
    private long done;

    /** Hears of every block. */
    interface Listener {
        void scored(int rows, Warnings warnings);
    }

    TableScorer(LoadedModel model, Dataset dataset, List<String> kept, DatasetDraft out, Listener listener) {
        this.model = model;
        this.out = out;
        this.added = AnswerColumns.of(model.target()).size();
        this.listener = listener;
        Set<String> wanted = new LinkedHashSet<>(kept);
        wanted.addAll(model.columns().names());
        this.read = List.copyOf(wanted);
        Map<String, Integer> positions = new HashMap<>();
        read.forEach(name -> positions.put(name, positions.size()));
        this.keptPositions = kept.stream().mapToInt(positions::get).toArray();
        Map<String, ColumnType> typesByName = new HashMap<>();
        for (DatasetColumn column : dataset.columns()) {
            typesByName.put(column.name(), column.type());
        }
        this.types = read.stream().map(typesByName::get).toArray(ColumnType[]::new);
    }

    /**
     * Scores all rows.
     *
     * @throws io.twostep.error.ServiceException PREDICTION_SHAPE for values that the model does not take,
     *     PREDICTION_NOT_FINITE
     */
    void score(OpenTable table) {
        try (TableInstances instances = new TableInstances(model, read)) {
            table.forEachPiece(read, piece -> {
                long before = done;
                for (int from = 0; from < piece.rows(); from += TableInstances.BLOCK) {
                    score(piece, before, from, Math.min(piece.rows(), from + TableInstances.BLOCK), instances);
                }
            });
        }
    }

    private void score(Table piece, long before, int from, int to, TableInstances instances) {
        Predictions predictions =
                instances.answers(piece, IntStream.range(from, to).toArray(), before);
        for (int row = from; row < to; row++) {
            for (int position : keptPositions) {
                out.value(ColumnText.of(piece.columns().get(position), types[position], row));
            }
            for (String value : AnswerColumns.values(predictions, row - from, added)) {
                out.value(value);
            }
            out.endRow();
        }
        done += to - from;
        listener.scored(to - from, instances.warnings());
    }
}
