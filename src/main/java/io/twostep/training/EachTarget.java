package io.twostep.training;

import io.twostep.matrix.Functions;
import io.twostep.nn.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;

/**
 * Judges several targets of one output each, every one as if it were alone: by its column of the answers, and by the loss
 * over this column.
 */
final class EachTarget {

    private final List<String> names;
    private final List<? extends Judge> judges;
    private final Loss loss;
    private final Functions functions;
    private final double[] totals;
    private final FMatrixRMaj predictedColumn = new FMatrixRMaj(Blocks.ROWS, 1);
    private final FMatrixRMaj actualColumn = new FMatrixRMaj(Blocks.ROWS, 1);
    private int rows;
    private double weight;

    /**
     * Of rows that are still to come.
     *
     * @param names of the targets, in the order of the outputs
     * @param judges one for each
     * @param loss one that is a sum over the outputs
     */
    EachTarget(List<String> names, List<? extends Judge> judges, Loss loss, Functions functions) {
        this.names = names;
        this.judges = judges;
        this.loss = loss;
        this.functions = functions;
        this.totals = new double[judges.size()];
    }

    /** Parameters as of {@link Judge#add}. */
    void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        for (int output = 0; output < totals.length; output++) {
            CommonOps_FDRM.extractColumn(predicted, output, predictedColumn);
            CommonOps_FDRM.extractColumn(actual, output, actualColumn);
            totals[output] += loss.total(functions, predictedColumn, actualColumn, weights);
            judges.get(output).add(predictedColumn, actualColumn, weights);
        }
        rows += actual.numRows;
        for (int row = 0; row < actual.numRows; row++) {
            weight += weights == null ? 1 : weights.data[row];
        }
    }

    int rows() {
        return rows;
    }

    /**
     * The evaluation of each target, by its name.
     *
     * @param kind of the evaluations
     * @param training that of a target on the training rows; null where nobody knows it
     */
    <E extends Evaluation> Map<String, E> judged(Class<E> kind, Function<String, @Nullable Evaluation> training) {
        Map<String, E> judged = new LinkedHashMap<>();
        for (int output = 0; output < totals.length; output++) {
            String name = names.get(output);
            double own = totals[output] / loss.divisor(weight, 1);
            judged.put(name, kind.cast(judges.get(output).judged(own, training.apply(name))));
        }
        return judged;
    }
}
