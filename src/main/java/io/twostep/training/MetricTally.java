package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.LabelsTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.SingleTarget;
import io.twostep.features.TargetEncoder;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Finds a {@link StoppingMetric} of some rows as the blocks of their answers come by; all rows count alike, and of several
 * numbers each target.
 */
final class MetricTally implements Blocks.Reader {

    private final StoppingMetric metric;
    private final TargetEncoder target;
    private final List<? extends SingleTarget> targets;
    private final List<ClassTally> classes;
    private final List<NumberTally> numbers;
    private final @Nullable LabelTally labels;

    MetricTally(StoppingMetric metric, TargetEncoder target) {
        this.metric = metric;
        this.target = target;
        this.targets = target.targets();
        this.classes = targets.stream()
                .map(each -> new ClassTally(
                        each instanceof ClassTarget known ? known.labels().size() : 0))
                .toList();
        this.numbers = targets.stream().map(each -> new NumberTally()).toList();
        this.labels = target instanceof LabelsTarget several ? new LabelTally(several) : null;
    }

    @Override
    public void read(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        if (labels != null) {
            labels.add(predicted, actual);
            return;
        }
        int width = target.width(actual);
        for (int row = 0; row < actual.numRows; row++) {
            for (int place = 0; place < numbers.size(); place++) {
                add(predicted, actual, row, place, width);
            }
        }
    }

    private void add(FMatrixRMaj predicted, FMatrixRMaj actual, int row, int place, int width) {
        SingleTarget single = targets.get(place);
        int first = place * width;
        if (single instanceof ClassTarget known) {
            classes.get(place)
                    .add(known.labelIndex(actual, row, first, width), known.labelIndex(predicted, row, first, width));
        } else {
            NumberTarget number = (NumberTarget) single;
            numbers.get(place).add(number.decode(actual, row, first), number.decode(predicted, row, first));
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
            case ACCURACY -> classes.get(0).accuracy();
            case BALANCED_ACCURACY -> classes.get(0).balancedAccuracy();
            case MACRO_F1 -> labels == null ? classes.get(0).macroF1() : labels.macroF1();
            case SUBSET_ACCURACY -> Objects.requireNonNull(labels).subsetAccuracy();
            case HAMMING_LOSS -> Objects.requireNonNull(labels).hammingLoss();
            case MICRO_F1 -> Objects.requireNonNull(labels).microF1();
            case R2 -> Means.of(numbers, NumberTally::r2);
            case RMSE -> Means.ofAll(numbers, NumberTally::rmse);
            case MAE -> Means.ofAll(numbers, NumberTally::mae);
            case LOSS -> throw new IllegalStateException("the loss is not tallied");
        };
        if (figure == null || !Double.isFinite(figure)) {
            throw new InvalidValueException(
                    "stop/metric", metric.wireName() + " is no finite number on the validation rows: watch the loss");
        }
        return figure;
    }
}
