package io.twostep.job;

import io.twostep.features.SplitPart;
import io.twostep.features.SplitRule;
import io.twostep.features.TargetKind;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingMetric;
import io.twostep.training.StoppingRule;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Whether there is the figure by which a request wants training to stop. */
final class StopCheck {

    private static final String METRIC = "/stop/metric";

    private StopCheck() {}

    /**
     * Notes what stands against it.
     *
     * @param kind of the target
     * @param split as it will be
     */
    static void check(StoppingRule rule, TargetKind kind, SplitShares split, Findings findings) {
        StoppingMetric metric = rule.metric();
        if (metric == null) {
            return;
        }
        if (!metric.isOf(kind)) {
            findings.value(
                    METRIC,
                    "must be %s where %s but was %s".formatted(names(kind), whatIsPredicted(kind), metric.wireName()));
        } else if (!mayWatch(split)) {
            findings.value(
                    METRIC, "must be loss where split leaves no row for validation, but was " + metric.wireName());
        }
    }

    private static String whatIsPredicted(TargetKind kind) {
        return switch (kind) {
            case CLASSIFICATION -> "the target is a class";
            case REGRESSION -> "the target is a number";
            case MULTI_LABEL -> "there are several targets of two classes each";
        };
    }

    private static String names(TargetKind kind) {
        return Arrays.stream(StoppingMetric.values())
                .filter(metric -> metric.isOf(kind))
                .map(StoppingMetric::wireName)
                .collect(Collectors.joining(", "));
    }

    /** What a column says of the rows, nobody has looked at yet. */
    private static boolean mayWatch(SplitShares split) {
        return split.validation() > 0
                || split.validationDataset() != null
                || split.by() instanceof SplitRule.Column
                || (split.by() instanceof SplitRule.Conditions rule && rule.of(SplitPart.VALIDATION) != null);
    }
}
