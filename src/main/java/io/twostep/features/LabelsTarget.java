package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Several columns of two classes each, of which a row may have any combination: one output for each, the probability of
 * the second class, as in {@code no, yes}, {@code false, true} or {@code 0, 1}.
 *
 * @param targets in the order of the outputs, at least two, of distinct columns
 */
@JsonTypeName("labels")
public record LabelsTarget(
        @JsonTypeInfo(use = JsonTypeInfo.Id.NONE) List<ClassTarget> targets) implements TargetEncoder {

    public LabelsTarget {
        targets = List.copyOf(targets);
        if (targets.size() < 2
                || targets.stream().map(ClassTarget::column).distinct().count() < targets.size()) {
            throw new InvalidValueException("targets", "must be at least two, of distinct columns");
        }
        if (targets.stream().anyMatch(target -> target.labels().size() != 2)) {
            throw new InvalidValueException("targets", "must have two labels each");
        }
    }

    /**
     * Learns the two classes of each column.
     *
     * @param trainingRows the columns
     * @throws InvalidValueException with pointer {@code /targets/1} if the second one has not just two classes in at least
     *     two rows
     */
    public static LabelsTarget fit(Table trainingRows) {
        List<ClassTarget> fitted = new ArrayList<>();
        for (ColumnData column : trainingRows.columns()) {
            fitted.add(TargetColumns.at(fitted.size(), () -> ofTwo(ClassTarget.fit(column))));
        }
        return new LabelsTarget(fitted);
    }

    private static ClassTarget ofTwo(ClassTarget target) {
        if (target.labels().size() != 2) {
            throw new InvalidValueException(
                    "targets",
                    "column %s must have 2 classes in the training rows, as each of several targets, but has %d"
                            .formatted(
                                    Excerpt.quoted(target.column()),
                                    target.labels().size()));
        }
        return target;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.MULTI_LABEL;
    }

    /**
     * Whether a row has the second class of a target.
     *
     * @param a {@code [batch x outputs]}, the network's answer or what is wanted of it; read
     */
    public boolean has(FMatrixRMaj a, int row, int target) {
        return targets.get(target).labelIndex(a, row, target, 1) == 1;
    }
}
