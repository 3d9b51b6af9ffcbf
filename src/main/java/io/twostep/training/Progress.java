package io.twostep.training;

import io.twostep.nn.Parameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the watched loss from epoch to epoch and tells when a {@link StoppingRule} fires. */
final class Progress {

    private final StoppingRule rule;
    private final int epochs;

    private double lowest = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private double reference = Double.POSITIVE_INFINITY;
    private int referenceEpoch;
    private @Nullable Parameters best;

    Progress(StoppingRule rule, int epochs) {
        this.rule = rule;
        this.epochs = epochs;
    }

    /** Takes the epoch in; keeps a copy of the parameters if it is the best and they may be asked for. */
    void note(EpochReport report, Parameters parameters) {
        double loss = report.watchedLoss();
        if (loss < lowest) {
            lowest = loss;
            bestEpoch = report.epoch();
            if (rule.patience() != null) {
                keep(parameters);
            }
        }
        double minDelta = rule.minDelta() == null ? 0 : rule.minDelta();
        if (loss < reference - minDelta || referenceEpoch == 0) {
            reference = loss;
            referenceEpoch = report.epoch();
        }
    }

    /** The rule that fires after this epoch, or null. */
    @Nullable
    Stop stop(EpochReport report) {
        Double target = rule.targetLoss();
        if (target != null && report.watchedLoss() <= target) {
            return new Stop(
                    StopReason.CONVERGED, Map.of("target_loss", target, report.watchedName(), report.watchedLoss()));
        }
        Integer patience = rule.patience();
        if (patience != null && report.epoch() - referenceEpoch >= patience) {
            return new Stop(
                    StopReason.EARLY_STOPPED,
                    Map.of(
                            "patience",
                            (double) patience,
                            "min_delta",
                            rule.minDelta() == null ? 0 : rule.minDelta(),
                            "best_epoch",
                            (double) bestEpoch,
                            "best_" + report.watchedName(),
                            lowest,
                            report.watchedName(),
                            report.watchedLoss()));
        }
        return report.epoch() < epochs
                ? null
                : new Stop(
                        StopReason.MAX_EPOCHS,
                        Map.of("max_epochs", (double) epochs, report.watchedName(), report.watchedLoss()));
    }

    int bestEpoch() {
        return bestEpoch;
    }

    /** The parameters that the model keeps, given the last ones. */
    Parameters kept(Parameters last) {
        return best == null ? last : best;
    }

    private void keep(Parameters parameters) {
        if (best == null) {
            best = parameters.copy();
        } else {
            best.set(parameters);
        }
    }
}
