package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of several predicted labels a row, which has a label where the target is of its second class. A mean is over the
 * targets, each counting once.
 *
 * @param subsetAccuracy share of rows all of whose labels are right
 * @param hammingLoss share of the labels of all rows that are wrong
 * @param macroF1 mean of the F1 of the labels; 0 for one that no row has and none is predicted to have
 * @param microF1 F1 over the labels of all rows
 * @param rocAuc mean; null where that of one target is
 * @param averagePrecision mean; null where that of one target is
 * @param targets what a single target of two classes has, by the name of each, its own loss among it; null where
 *     somebody wants single figures only
 */
@JsonTypeName("multi_label")
public record LabelsEvaluation(
        int rows,
        double loss,
        double subsetAccuracy,
        double hammingLoss,
        double macroF1,
        double microF1,
        @Nullable Double rocAuc,
        @Nullable Double averagePrecision,
        @Nullable Map<String, Evaluation> targets)
        implements TargetsEvaluation {

    public LabelsEvaluation {
        targets = TargetsEvaluation.copy(targets);
    }

    @Override
    public LabelsEvaluation with(@Nullable Map<String, Evaluation> others) {
        return new LabelsEvaluation(
                rows, loss, subsetAccuracy, hammingLoss, macroF1, microF1, rocAuc, averagePrecision, others);
    }
}
