package io.twostep.training;

import io.twostep.nn.Parameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the watched loss from epoch to epoch and tells when a {@link StoppingRule} fires. */
final class Progress {

    private final StoppingRule rule;
    private final int epochs;

    private Marks marks;
    private @Nullable Parameters best;

    /**
     * What is remembered of the epochs so far.
     *
     * @param lowest the lowest watched loss, infinite before the first epoch
     * @param bestEpoch its epoch, 0 before the first
     * @param reference the watched loss at the last progress, infinite before the first epoch
     * @param referenceEpoch its epoch, 0 before the first
     */
    record Marks(double lowest, int bestEpoch, double reference, int referenceEpoch) {

        private static final Marks NONE = new Marks(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 0);

        private boolean isBeatenBy(double loss) {
            return loss < lowest;
        }

        /** Whether a loss is progress. */
        private boolean isLeftBehindBy(double loss, double minDelta) {
            return loss < reference - minDelta || referenceEpoch == 0;
        }

        private Marks best(double loss, int epoch) {
            return new Marks(loss, epoch, reference, referenceEpoch);
        }

        private Marks progress(double loss, int epoch) {
            return new Marks(lowest, bestEpoch, loss, epoch);
        }
    }

    Progress(StoppingRule rule, int epochs) {
        this(rule, epochs, Marks.NONE, null);
    }

    /**
     * Goes on with what was remembered.
     *
     * @param best the parameters of the best epoch, where they may be asked for
     */
    Progress(StoppingRule rule, int epochs, Marks marks, @Nullable Parameters best) {
        this.rule = rule;
        this.epochs = epochs;
        this.marks = marks;
        this.best = best;
    }

    /** Takes the epoch in; keeps a copy of the parameters if it is the best and they may be asked for. */
    void note(EpochReport report, Parameters parameters) {
        double loss = report.watchedLoss();
        if (marks.isBeatenBy(loss)) {
            marks = marks.best(loss, report.epoch());
            if (rule.patience() != null) {
                keep(parameters);
            }
        }
        if (marks.isLeftBehindBy(loss, rule.minDelta() == null ? 0 : rule.minDelta())) {
            marks = marks.progress(loss, report.epoch());
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
        if (patience != null && report.epoch() - marks.referenceEpoch() >= patience) {
            return new Stop(
                    StopReason.EARLY_STOPPED,
                    Map.of(
                            "patience",
                            (double) patience,
                            "min_delta",
                            rule.minDelta() == null ? 0 : rule.minDelta(),
                            "best_epoch",
                            (double) marks.bestEpoch(),
                            "best_" + report.watchedName(),
                            marks.lowest(),
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
        return marks.bestEpoch();
    }

    Marks marks() {
        return marks;
    }

    /** The parameters of the best epoch, null where nobody may ask for them. */
    @Nullable
    Parameters best() {
        return best;
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
