package io.twostep.job.web;

import io.twostep.training.EpochReport;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a loss history on the wire, one row an epoch.
 *
 * @param nextAfterEpoch what to give as {@code after_epoch} to go on from here
 * @param complete whether nothing will follow
 */
record HistoryView(List<String> columns, List<List<@Nullable Number>> rows, int nextAfterEpoch, boolean complete) {

    private static final List<String> COLUMNS =
            List.of("epoch", "train_loss", "validation_loss", "learning_rate", "grad_norm", "seconds");

    /**
     * @param afterEpoch what was asked for
     * @param complete whether the job has ended and these are its last rows
     */
    static HistoryView of(List<EpochReport> reports, int afterEpoch, boolean complete) {
        int last =
                reports.isEmpty() ? afterEpoch : reports.get(reports.size() - 1).epoch();
        return new HistoryView(COLUMNS, reports.stream().map(HistoryView::row).toList(), last, complete);
    }

    /** The same as a CSV table (RFC 4180); an unknown number is empty. */
    String toCsv() {
        StringBuilder csv = new StringBuilder(String.join(",", columns)).append("\r\n");
        for (List<@Nullable Number> row : rows) {
            csv.append(row.stream()
                            .map(number -> number == null ? "" : number.toString())
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static List<@Nullable Number> row(EpochReport report) {
        return Arrays.asList(
                report.epoch(),
                report.trainLoss(),
                report.validationLoss(),
                report.learningRate(),
                report.gradientNorm(),
                report.seconds());
    }
}
