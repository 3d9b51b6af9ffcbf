package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.features.NumberScaling.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number, standardised: {@code (x - mean) / standardDeviation}, with the median in place of a missing one.
 *
 * <p>One input. Like scikit-learn's {@code SimpleImputer(strategy="median")} and {@code StandardScaler}: median of the
 * values present, then mean and population standard deviation of the column so completed.
 *
 * @param standardDeviation 0 for a constant column, which is then divided by 1
 * @param min the least number of the training rows; null if they had none, or the model is older than this field
 * @param max the largest one, likewise
 */
@JsonTypeName("numeric")
public record Numeric(
        String name,
        double median,
        double mean,
        double standardDeviation,
        @Nullable Double min,
        @Nullable Double max) implements Feature {

    public Numeric {
        InvalidValueException.throwIfAny(
                Range.FINITE.problem("median", median),
                Range.FINITE.problem("mean", mean),
                Range.atLeast(0).below(Double.POSITIVE_INFINITY).problem("standard_deviation", standardDeviation));
    }

    /** A column whose range in training is not known. */
    public Numeric(String name, double median, double mean, double standardDeviation) {
        this(name, median, mean, standardDeviation, null, null);
    }

    static Numeric fit(Numbers trainingRows) {
        Middle middle = Middle.of(trainingRows.presentValues());
        Moments moments = Moments.of(trainingRows.values(), middle.median);
        return new Numeric(
                trainingRows.name(),
                middle.median,
                moments.mean(),
                moments.standardDeviation(),
                middle.min,
                middle.max);
    }

    /** What is taken from the sorted values, so that they can be forgotten. */
    private record Middle(
            double median, @Nullable Double min, @Nullable Double max) {

        static Middle of(double[] present) {
            int last = present.length - 1;
            return new Middle(
                    new MissingNumber.Median().fill(present),
                    last < 0 ? null : present[0],
                    last < 0 ? null : present[last]);
        }
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public List<String> inputNames() {
        return List.of(name);
    }

    @Override
    public boolean takesNumbers() {
        return true;
    }

    @Override
    public Line line() {
        return new Line(mean, standardDeviation);
    }

    @Override
    public @Nullable String encode(double value, float[] x, int at) {
        x[at] = Line.encode(Double.isNaN(value) ? median : value, mean, Line.divisor(standardDeviation));
        return Float.isFinite(x[at]) ? null : value + " is too far from the training rows to be encoded";
    }
}
