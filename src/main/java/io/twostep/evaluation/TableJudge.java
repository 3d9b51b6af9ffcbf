package io.twostep.evaluation;

import io.twostep.dataset.OpenTable;
import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.Table;
import io.twostep.matrix.Arithmetic;
import io.twostep.model.ModelVersion;
import io.twostep.nn.Backpropagation;
import io.twostep.prediction.LoadedModel;
import io.twostep.scoring.TableInstances;
import io.twostep.training.Evaluation;
import io.twostep.training.Judge;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/** Asks a model about the rows of a table whose target is known, some at a time, and compares. */
final class TableJudge {

    private final ModelVersion version;
    private final LoadedModel model;
    private final Backpropagation losses;
    private final Judge judge;
    private final KnownTargets targets;
    private final List<String> read;
    private final FMatrixRMaj y;
    private final Map<String, Long> warnings = new TreeMap<>();
    private double total;
    private long before;

    /** @param mostRows of the table */
    TableJudge(ModelVersion version, LoadedModel model, int mostRows) {
        Arithmetic arithmetic = Arithmetic.fast();
        this.version = version;
        this.model = model;
        this.losses = new Backpropagation(version.network(), arithmetic);
        this.judge = Judge.of(model.target(), version.network().loss(), arithmetic.functions(), mostRows);
        this.targets = new KnownTargets(model.target());
        Set<String> wanted = new LinkedHashSet<>(model.columns().names());
        wanted.addAll(model.target().columns());
        this.read = List.copyOf(wanted);
        this.y = new FMatrixRMaj(TableInstances.BLOCK, version.network().outputs());
    }

    /**
     * Judges all rows that can be.
     *
     * @throws ServiceException {@link ErrorCode#INCOMPATIBLE_DATASET} if there is none, or a number is too large to be
     *     compared; or what {@link TableInstances#answers} throws
     */
    Evaluation judge(OpenTable table) {
        try (TableInstances instances = new TableInstances(model, read)) {
            table.forEachPiece(read, piece -> judge(piece, instances));
        }
        long rows = rows().judged();
        if (rows == 0) {
            throw new ServiceException(
                    ErrorCode.INCOMPATIBLE_DATASET, List.of(new Problem("/dataset", targets.noneKnown())));
        }
        return judge.judged(
                losses.loss(total, (double) rows), version.evaluation().training());
    }

    DatasetEvaluation.Rows rows() {
        return targets.rows();
    }

    /** How many there are of each kind. */
    Map<String, Long> warnings() {
        return warnings;
    }

    private void judge(Table piece, TableInstances instances) {
        int[] known = targets.of(piece);
        for (int from = 0; from < known.length; from += TableInstances.BLOCK) {
            int[] rows = Arrays.copyOfRange(known, from, Math.min(known.length, from + TableInstances.BLOCK));
            FMatrixRMaj predicted = instances.answers(piece, rows, before).outputs();
            encode(piece.only(model.target().columns()).rows(rows), rows);
            total += losses.total(predicted, y, null);
            judge.add(predicted, y, null);
            instances
                    .warnings()
                    .counts()
                    .forEach((kind, count) -> warnings.merge(kind.label(), (long) count, Long::sum));
        }
        before += piece.rows();
    }

    private void encode(Table wanted, int[] rows) {
        y.reshape(rows.length, y.numCols);
        try {
            model.target().encode(wanted, y);
        } catch (InvalidValueException e) {
            long[] number = {0};
            String detail = e.inRows(row -> {
                        number[0] = before + rows[row] + 1;
                        return row;
                    })
                    .problems()
                    .get(0)
                    .detail();
            throw new ServiceException(
                    ErrorCode.INCOMPATIBLE_DATASET,
                    List.of(new Problem("/dataset", "row " + number[0] + ", " + detail)));
        }
    }
}
