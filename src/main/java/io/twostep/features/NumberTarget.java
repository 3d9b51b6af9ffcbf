package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A quantity: one output, standardised in training if {@code scaled}, and mapped back in a prediction.
 *
 * @param mean of the training rows
 * @param standardDeviation of the training rows (population); 0 for a constant target, which is then divided by 1
 * @param scaled whether outputs are {@code (value - mean) / standardDeviation}, or the values themselves
 */
@JsonTypeName("number")
public record NumberTarget(String column, double mean, double standardDeviation, boolean scaled)
        implements TargetEncoder, SingleTarget {

    public NumberTarget {
        InvalidValueException.throwIfAny(
                Range.FINITE.problem("mean", mean),
                Range.atLeast(0).below(Double.POSITIVE_INFINITY).problem("standard_deviation", standardDeviation));
    }

    /**
     * Learns the mean and the spread of the training rows.
     *
     * @param trainingRows rows without a value are passed over
     * @throws InvalidValueException with pointer {@code /target} if there are fewer than two rows, or they hold text or
     *     an infinite number
     */
    public static NumberTarget fit(ColumnData trainingRows, boolean scaled) {
        TargetKind.of(trainingRows, TargetKind.REGRESSION);
        double[] values = ((Numbers) TargetEncoder.present(trainingRows)).values();
        if (Arrays.stream(values).anyMatch(Double::isInfinite)) {
            throw new InvalidValueException(
                    "target", "column " + Excerpt.quoted(trainingRows.name()) + " holds an infinite number");
        }
        Moments moments = Moments.of(values);
        return new NumberTarget(trainingRows.name(), moments.mean(), moments.standardDeviation(), scaled);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.REGRESSION;
    }

    @Override
    public List<NumberTarget> targets() {
        return List.of(this);
    }

    @Override
    public int[] knownRows(ColumnData target) {
        return target.presentRows();
    }

    /** {@inheritDoc} */
    @Override
    public void encode(ColumnData target, FMatrixRMaj y, int first, int width) {
        if (!(target instanceof Numbers numbers)) {
            throw Problems.wrongKind(target, "numbers");
        }
        requireOneOutput(width);
        for (int row = 0; row < numbers.rows(); row++) {
            double value = numbers.values()[row];
            float encoded = (float) (scaled ? (value - mean) / divisor() : value);
            if (!Float.isFinite(encoded)) {
                throw Problems.inCell(
                        row,
                        column,
                        Double.isNaN(value)
                                ? "the number is missing"
                                : value + " is too far from the training rows to be encoded");
            }
            y.data[row * y.numCols + first] = encoded;
        }
    }

    /**
     * The predicted quantity of a row, in the units of the column; not finite if the output is not, or if it is so
     * large that mapping it back overflows.
     *
     * @param a {@code [batch x 1]}, the network's answer; read
     */
    public double decode(FMatrixRMaj a, int row) {
        requireOneOutput(a.numCols);
        return decode(a, row, 0);
    }

    /**
     * The same from one of several outputs.
     *
     * @param a {@code [batch x outputs]}, the network's answer; read
     */
    public double decode(FMatrixRMaj a, int row, int output) {
        double value = a.data[row * a.numCols + output];
        return scaled ? value * divisor() + mean : value;
    }

    double divisor() {
        return NumberScaling.Line.divisor(standardDeviation);
    }

    private static void requireOneOutput(int outputs) {
        if (outputs != 1) {
            throw new IllegalArgumentException("a number has one output, not " + outputs);
        }
    }
}
