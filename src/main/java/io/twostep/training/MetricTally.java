package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.TargetEncoder;
import org.ejml.data.FMatrixRMaj;

/** Finds a {@link StoppingMetric} of some rows as the blocks of their answers come by; all rows count alike. */
final class MetricTally implements Blocks.Reader {

    private final StoppingMetric metric;
    private final TargetEncoder target;
    private final ClassTally classes;
    private final NumberTally numbers = new NumberTally();

    MetricTally(StoppingMetric metric, TargetEncoder target) {
        this.metric = metric;
        this.target = target;
        this.classes = new ClassTally(
                target instanceof ClassTarget known ? known.labels().size() : 0);
    }

    @Override
    public void read(FMatrixRMaj predicted, FMatrixRMaj actual) {
        for (int row = 0; row < actual.numRows; row++) {
            if (target instanceof ClassTarget known) {
                classes.add(known.labelIndex(actual, row), known.labelIndex(predicted, row));
            } else {
                NumberTarget number = (NumberTarget) target;
                numbers.add(number.decode(actual, row), number.decode(predicted, row));
            }
        }
    }

    /**
     * Of the rows that were read.
     *
     * @throws InvalidValueException if these have none
     */
    double figure() {
        return switch (metric) {
            case ACCURACY -> classes.accuracy();
            case BALANCED_ACCURACY -> classes.balancedAccuracy();
            case F1_MACRO -> classes.macroF1();
            case R2 -> r2();
            case RMSE -> numbers.rmse();
            case MAE -> numbers.mae();
            case LOSS -> throw new IllegalStateException("the loss is not tallied");
        };
    }

    private double r2() {
        Double r2 = numbers.r2();
        if (r2 == null) {
            throw new InvalidValueException(
                    "stop/metric", "r2 is not defined where the target is the same in all validation rows");
        }
        return r2;
    }
}
