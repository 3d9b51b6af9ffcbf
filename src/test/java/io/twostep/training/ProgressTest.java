package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Losses are told epoch by epoch; what is asserted is the epoch at which a rule fires, and which one was the best. */
class ProgressTest {

    private static final int EPOCHS = 100;
    private static final Parameters PARAMETERS = Parameters.zeros(
            Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(1, new Activation.Relu())), 1, new Task.Numbers(1)));

    /** How a course of losses ends; {@code epoch} is 0 if none of them was the last. */
    private record End(int epoch, @Nullable StopReason reason, int best) {}

    @Test
    void takesALuckyEpochForTheBestUnlessItAverages() {
        double[] losses = {10, 9, 1, 8, 7, 6, 5, 4, 3, 2};

        assertThat(end(rule(null, 3, null, null, null), losses)).isEqualTo(new End(6, StopReason.EARLY_STOPPED, 3));
        assertThat(end(rule(null, 3, null, 3, null), losses)).isEqualTo(new End(0, null, 10));
    }

    @Test
    void averagesAsManyEpochsAsThereAre() {
        double[] losses = {4, 2, 6, 9, 9};

        // The means are 4, 3, 4, 17/3 and 8.
        assertThat(end(rule(null, 2, null, 3, null), losses)).isEqualTo(new End(4, StopReason.EARLY_STOPPED, 2));
        assertThat(end(new StoppingRule(3.0, null, null, null, null, null, 3, null), losses))
                .isEqualTo(new End(2, StopReason.CONVERGED, 2));
    }

    @Test
    void measuresProgressByAShareOfTheLoss() {
        double[] losses = {1000, 910, 820, 740, 666, 600, 590, 580};

        assertThat(end(rule(null, 2, 0.08, null, null), losses)).isEqualTo(new End(8, StopReason.EARLY_STOPPED, 8));
        assertThat(end(rule(100.0, 2, null, null, null), losses)).isEqualTo(new End(7, StopReason.EARLY_STOPPED, 7));
    }

    @Test
    void doesNotStopBeforeTheLeastEpochs() {
        double[] losses = {1, 2, 3, 4, 5, 6, 7};

        assertThat(end(rule(null, 2, null, null, null), losses)).isEqualTo(new End(3, StopReason.EARLY_STOPPED, 1));
        assertThat(end(rule(null, 2, null, null, 6), losses)).isEqualTo(new End(6, StopReason.EARLY_STOPPED, 1));
        assertThat(end(new StoppingRule(5.0, null, null, null, null, null, null, 4), losses))
                .isEqualTo(new End(4, StopReason.CONVERGED, 1));
    }

    /** All that its model answers with: running statistics, too. */
    @Test
    void keepsTheNumbersOfTheBestEpoch() {
        Network network = Network.of(
                NetworkSpec.hidden(new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Relu())),
                1,
                new Task.Numbers(1));
        Parameters parameters = Parameters.zeros(network);
        Progress progress = new Progress(rule(null, 3, null, null, null), EPOCHS);
        double[] losses = {3, 1, 2};
        for (int epoch = 1; epoch <= losses.length; epoch++) {
            for (FMatrixRMaj matrix : parameters.numbers()) {
                Arrays.fill(matrix.data, epoch);
            }
            progress.note(report(epoch, losses[epoch - 1]), parameters);
        }

        assertThat(parameters.numbers()).hasSize(6);
        assertThat(progress.kept(parameters).numbers())
                .allSatisfy(matrix -> assertThat(matrix.data).containsOnly(2));
    }

    @Test
    void tellsTheNumbersThatItCompared() {
        Progress progress = new Progress(rule(null, 1, 0.5, 2, null), EPOCHS);
        progress.note(report(1, 4), PARAMETERS);
        progress.note(report(2, 3), PARAMETERS);

        Stop stop = progress.stop(report(2, 3));

        assertThat(stop).isNotNull();
        assertThat(stop.numbers())
                .containsEntry("relative_delta", 0.5)
                .containsEntry("validation_loss", 3.5)
                .containsEntry("best_validation_loss", 3.5)
                .containsEntry("best_epoch", 2.0)
                .doesNotContainKey("min_delta");
    }

    @Test
    void takesTheHigherFigureForTheBetterWhereItIs() {
        StoppingRule accuracy = metric(StoppingMetric.ACCURACY, null, 2, null);
        double[] figures = {0.5, 0.8, 0.7, 0.7, 0.9};

        assertThat(endOf(accuracy, figures)).isEqualTo(new End(4, StopReason.EARLY_STOPPED, 2));
        assertThat(endOf(metric(StoppingMetric.RMSE, null, 2, null), figures))
                .isEqualTo(new End(3, StopReason.EARLY_STOPPED, 1));
        assertThat(endOf(metric(StoppingMetric.R2, 0.2, 2, null), 0.1, 0.25, 0.29, 0.4))
                .as("less than 0.2 better than 0.1")
                .isEqualTo(new End(3, StopReason.EARLY_STOPPED, 3));
        assertThat(endOf(metric(StoppingMetric.R2, null, 2, 0.5), -4, -2.5, -2.1, -1.9))
                .as("not by half better than -4 before the fourth")
                .isEqualTo(new End(3, StopReason.EARLY_STOPPED, 3));
    }

    @Test
    void tellsTheFigureThatItWatched() {
        Progress progress = new Progress(metric(StoppingMetric.MACRO_F1, null, 1, null), EPOCHS);
        progress.note(watched(1, 0.75), PARAMETERS);
        progress.note(watched(2, 0.5), PARAMETERS);

        Stop stop = progress.stop(watched(2, 0.5));

        assertThat(stop).isNotNull();
        assertThat(stop.numbers())
                .containsEntry("best_validation_macro_f1", 0.75)
                .containsEntry("validation_macro_f1", 0.5)
                .doesNotContainKey("validation_loss");
    }

    @Test
    void watchesAMetricWithPatience() {
        StoppingRule rule = new StoppingRule(null, null, null, null, null, null, null, null, StoppingMetric.MAE);

        assertThat(rule.patience()).isEqualTo(10);
        assertThat(rule.minDelta()).isZero();
        assertThat(new StoppingRule(null, null, null, null, null, null, null, null, StoppingMetric.LOSS))
                .isEqualTo(StoppingRule.NONE);
        assertThatThrownBy(() -> new StoppingRule(0.1, null, null, null, null, null, null, null, StoppingMetric.MAE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target_loss must not be given beside the metric mae, which is no loss");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> rule(0.1, null, 0.1, null, null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be given beside min_delta");
        assertThatThrownBy(
                        () -> new TrainingSpec(new Sgd(0.1), 5, 1, Regularizer.NONE, rule(null, 2, null, null, 6), 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be <= the 5 epochs of the training but was 6");
    }

    private static StoppingRule rule(
            @Nullable Double minDelta,
            @Nullable Integer patience,
            @Nullable Double relativeDelta,
            @Nullable Integer averageEpochs,
            @Nullable Integer minEpochs) {
        return new StoppingRule(null, minDelta, patience, null, null, relativeDelta, averageEpochs, minEpochs);
    }

    private static StoppingRule metric(
            StoppingMetric metric, @Nullable Double minDelta, int patience, @Nullable Double relativeDelta) {
        return new StoppingRule(null, minDelta, patience, null, null, relativeDelta, null, null, metric);
    }

    private static End end(StoppingRule rule, double... losses) {
        return end(rule, ProgressTest::report, losses);
    }

    private static End endOf(StoppingRule rule, double... figures) {
        return end(rule, ProgressTest::watched, figures);
    }

    private interface Reports {
        EpochReport of(int epoch, double figure);
    }

    private static End end(StoppingRule rule, Reports reports, double... figures) {
        Progress progress = new Progress(rule, EPOCHS);
        for (int epoch = 1; epoch <= figures.length; epoch++) {
            EpochReport report = reports.of(epoch, figures[epoch - 1]);
            progress.note(report, PARAMETERS);
            Stop stop = progress.stop(report);
            if (stop != null) {
                return new End(epoch, stop.reason(), progress.bestEpoch());
            }
        }
        return new End(0, null, progress.bestEpoch());
    }

    private static EpochReport report(int epoch, double loss) {
        return new EpochReport(epoch, 0, loss, 0.1, 1, epoch);
    }

    /** A loss that falls, whatever the metric does. */
    private static EpochReport watched(int epoch, double metric) {
        return new EpochReport(epoch, 0, 1.0 / epoch, 0.1, 1, epoch, metric);
    }
}
