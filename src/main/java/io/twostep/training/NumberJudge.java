package io.twostep.training;

import io.twostep.features.NumberTarget;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Judges predicted numbers. */
final class NumberJudge implements Judge {

    /** What a standardised 0 may be off by when it comes back from single precision, as a share of the mean. */
    private static final double PRECISION = 0x1.0p-23;

    private final NumberTarget target;
    private final NumberTally tally;
    private final ResidualTally residuals = new ResidualTally();
    private int rows;

    NumberJudge(NumberTarget target) {
        this.target = target;
        this.tally = new NumberTally(target.scaled() ? Math.abs(target.mean()) * PRECISION : 0);
    }

    @Override
    public void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        for (int row = 0; row < actual.numRows; row++) {
            double is = target.decode(actual, row);
            double said = target.decode(predicted, row);
            tally.add(is, said);
            residuals.add(is - said);
        }
        rows += actual.numRows;
    }

    @Override
    public NumberEvaluation judged(double loss, @Nullable Evaluation training) {
        return new NumberEvaluation(
                rows,
                loss,
                tally.r2(),
                tally.rmse(),
                tally.mae(),
                tally.mape(),
                tally.zeros(),
                tally.meanResidual(),
                tally.baseline(target.mean()),
                null,
                residuals.histogram());
    }
}
