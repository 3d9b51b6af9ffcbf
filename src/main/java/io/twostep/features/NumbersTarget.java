package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several quantities at once: one output for each, standardised by its own mean and spread, so that none counts more in
 * the loss because its unit is small.
 *
 * @param targets in the order of the outputs, at least two, of distinct columns
 */
@JsonTypeName("numbers")
public record NumbersTarget(
        @JsonTypeInfo(use = JsonTypeInfo.Id.NONE) List<NumberTarget> targets) implements TargetEncoder {

    public NumbersTarget {
        targets = List.copyOf(targets);
        if (targets.size() < 2
                || targets.stream().map(NumberTarget::column).distinct().count() < targets.size()) {
            throw new InvalidValueException("targets", "must be at least two, of distinct columns");
        }
    }

    @Override
    public TargetKind kind() {
        return TargetKind.REGRESSION;
    }

    /**
     * Learns the mean and the spread of each column.
     *
     * @param trainingRows the columns
     * @throws InvalidValueException as {@link NumberTarget#fit}, with pointer {@code /targets/1} for the second
     */
    public static NumbersTarget fit(Table trainingRows, boolean scaled) {
        List<NumberTarget> fitted = new ArrayList<>();
        for (ColumnData column : trainingRows.columns()) {
            fitted.add(TargetColumns.at(fitted.size(), () -> NumberTarget.fit(column, scaled)));
        }
        return new NumbersTarget(fitted);
    }
}
