package io.twostep.training;

import io.twostep.features.NumbersTarget;
import io.twostep.matrix.Functions;
import io.twostep.nn.Loss;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Judges several predicted numbers a row. */
final class NumbersJudge implements Judge {

    private final EachTarget targets;

    NumbersJudge(NumbersTarget target, Loss loss, Functions functions) {
        this.targets = new EachTarget(
                target.columns(),
                target.targets().stream().map(NumberJudge::new).toList(),
                loss,
                functions);
    }

    @Override
    public void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        targets.add(predicted, actual, weights);
    }

    /** {@inheritDoc} The baseline of a number is its mean, which its encoder knows without the training rows. */
    @Override
    public NumbersEvaluation judged(double loss, @Nullable Evaluation training) {
        Map<String, NumberEvaluation> judged = targets.judged(NumberEvaluation.class, name -> null);
        return NumbersEvaluation.of(targets.rows(), loss, judged);
    }
}
