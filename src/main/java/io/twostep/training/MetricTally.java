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
     * Of the rows that were read, whose loss is finite.
     *
     * @throws InvalidValueException if these have none: r2 where the target does not vary, and squares that are too large
     *     to add
     */
    double figure() {
        Double figure = switch (metric) {
            case ACCURACY -> classes.accuracy();
            case BALANCED_ACCURACY -> classes.balancedAccuracy();
            case MACRO_F1 -> classes.macroF1();
            case R2 -> numbers.r2();
            case RMSE -> numbers.rmse();
            case MAE -> numbers.mae();
            case LOSS -> throw new IllegalStateException("the loss is not tallied");
        };
        if (figure == null || !Double.isFinite(figure)) {
            throw new InvalidValueException(
                    "stop/metric", metric.wireName() + " is no finite number on the validation rows: watch the loss");
        }
        return figure;
    }
}
