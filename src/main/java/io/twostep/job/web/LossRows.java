package io.twostep.job.web;

import io.twostep.training.EpochReport;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a loss history on the wire, one an epoch. */
record LossRows(List<String> columns, List<List<@Nullable Number>> rows) {

    static final List<String> COLUMNS =
            List.of("epoch", "train_loss", "validation_loss", "learning_rate", "grad_norm", "seconds", "metric");

    static LossRows of(List<EpochReport> reports) {
        return new LossRows(COLUMNS, reports.stream().map(LossRows::row).toList());
    }

    private static List<@Nullable Number> row(EpochReport report) {
        return Arrays.asList(
                report.epoch(),
                report.trainLoss(),
                report.validationLoss(),
                report.learningRate(),
                report.gradientNorm(),
                report.seconds(),
                report.metric());
    }
}
