package io.twostep.training;

import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the watched loss from epoch to epoch and tells when a {@link StoppingRule} fires. */
final class Progress {

    private final StoppingRule rule;
    private final int epochs;

    private Marks marks;
    private @Nullable Parameters best;

    /**
     * What is remembered of the epochs so far. Where a metric is watched instead of the loss, it stands here as a cost: lower
     * where it is better.
     *
     * @param lowest the lowest watched loss, infinite before the first epoch
     * @param bestEpoch its epoch, 0 before the first
     * @param reference the watched loss at the last progress, infinite before the first epoch
     * @param referenceEpoch its epoch, 0 before the first
     * @param recent losses, as many as are averaged, the last one last
     */
    record Marks(double lowest, int bestEpoch, double reference, int referenceEpoch, List<Double> recent) {

        private static final Marks NONE =
                new Marks(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 0, List.of());

        private Marks after(double loss, int averaged) {
            List<Double> losses =
                    new ArrayList<>(recent.subList(Math.max(0, recent.size() + 1 - averaged), recent.size()));
            losses.add(loss);
            return new Marks(lowest, bestEpoch, reference, referenceEpoch, List.copyOf(losses));
        }

        private double average() {
            return recent.stream().mapToDouble(loss -> loss).average().orElse(Double.POSITIVE_INFINITY);
        }

        private boolean isBeatenBy(double loss) {
            return loss < lowest;
        }

        /** Whether a loss is progress. */
        private boolean isLeftBehindBy(double loss, StoppingRule rule) {
            return referenceEpoch == 0 || loss < reference - rule.delta(reference);
        }

        private Marks best(double loss, int epoch) {
            return new Marks(loss, epoch, reference, referenceEpoch, recent);
        }

        private Marks progress(double loss, int epoch) {
            return new Marks(lowest, bestEpoch, loss, epoch, recent);
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
        marks = marks.after(rule.cost(report), rule.averageEpochs() == null ? 1 : rule.averageEpochs());
        double loss = marks.average();
        if (marks.isBeatenBy(loss)) {
            marks = marks.best(loss, report.epoch());
            if (rule.patience() != null) {
                keep(parameters);
            }
        }
        if (marks.isLeftBehindBy(loss, rule)) {
            marks = marks.progress(loss, report.epoch());
        }
    }

    /** The rule that fires after this epoch, or null. */
    @Nullable
    Stop stop(EpochReport report) {
        boolean mayStop = rule.minEpochs() == null || report.epoch() >= rule.minEpochs();
        Double target = rule.targetLoss();
        if (mayStop && target != null && marks.average() <= target) {
            return new Stop(
                    StopReason.CONVERGED, Map.of("target_loss", target, rule.watchedName(report), marks.average()));
        }
        Integer patience = rule.patience();
        if (mayStop && patience != null && report.epoch() - marks.referenceEpoch() >= patience) {
            return new Stop(
                    StopReason.EARLY_STOPPED,
                    Map.of(
                            "patience",
                            (double) patience,
                            rule.relativeDelta() == null ? "min_delta" : "relative_delta",
                            rule.relativeDelta() == null ? rule.delta(0) : rule.relativeDelta(),
                            "best_epoch",
                            (double) marks.bestEpoch(),
                            "best_" + rule.watchedName(report),
                            rule.figure(marks.lowest()),
                            rule.watchedName(report),
                            rule.figure(marks.average())));
        }
        return report.epoch() < epochs
                ? null
                : new Stop(
                        StopReason.MAX_EPOCHS,
                        Map.of("max_epochs", (double) epochs, rule.watchedName(report), rule.figure(marks.average())));
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
