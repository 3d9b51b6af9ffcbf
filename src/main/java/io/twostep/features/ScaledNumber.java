package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.features.NumberScaling.Line;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number, scaled in one of several ways: {@code (t(x) - center) / scale}, where t and what is learned depend on the
 * scaling, and {@code fill} stands for a missing x. {@link Numeric} is the usual way.
 *
 * @param scale 0 for a constant column, which is then divided by 1
 * @param indicator whether there is a second input, 1 where the value is missing and 0 elsewhere
 * @param min the least number of the training rows; null if they had none
 * @param max the largest one, likewise
 */
@JsonTypeName("scaled")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScaledNumber(
        String name,
        NumberScaling scaling,
        double center,
        double scale,
        double fill,
        boolean indicator,
        @Nullable Double min,
        @Nullable Double max)
        implements Feature {

    public ScaledNumber {
        InvalidValueException.throwIfAny(
                Range.FINITE.problem("center", center),
                Range.atLeast(0).below(Double.POSITIVE_INFINITY).problem("scale", scale),
                Range.FINITE.problem("fill", fill));
    }

    static ScaledNumber fit(Numbers trainingRows, NumberScaling scaling, MissingNumber missing) {
        double[] present = trainingRows.presentValues();
        double fill = missing.fill(present);
        double[] completed = Arrays.stream(trainingRows.values())
                .map(value -> Double.isNaN(value) ? fill : value)
                .toArray();
        Line line = scaling.fit(present, completed);
        if (!Double.isFinite(line.scale())) {
            throw Problems.inColumn(trainingRows.name(), "holds numbers too far from each other to be scaled");
        }
        boolean indicator = missing instanceof MissingNumber.Indicator && present.length < completed.length;
        boolean none = present.length == 0;
        return new ScaledNumber(
                trainingRows.name(),
                scaling,
                line.center(),
                line.scale(),
                fill,
                indicator,
                none ? null : present[0],
                none ? null : present[present.length - 1]);
    }

    @Override
    public int width() {
        return indicator ? 2 : 1;
    }

    @Override
    public List<String> inputNames() {
        return indicator ? List.of(name, name + " is missing") : List.of(name);
    }

    @Override
    public boolean takesNumbers() {
        return true;
    }

    @Override
    public @Nullable Line line() {
        return scaling == NumberScaling.LOG || indicator ? null : new Line(center, scale);
    }

    @Override
    public @Nullable String encode(double value, float[] x, int at) {
        boolean missing = Double.isNaN(value);
        double number = scaling.transformed(missing ? fill : value);
        x[at] = Line.encode(number, center, Line.divisor(scale));
        if (indicator) {
            x[at + 1] = missing ? 1 : 0;
        }
        return Float.isFinite(x[at]) ? null : value + " is too far from the training rows to be encoded";
    }
}
