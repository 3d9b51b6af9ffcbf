package io.twostep.job.web;

import io.twostep.job.LossCurve;
import io.twostep.training.EpochReport;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a loss history on the wire, one row an epoch.
 *
 * @param downsampled whether rows between these are left out
 * @param nextAfterEpoch what to give as {@code after_epoch} to go on from here
 * @param complete whether nothing will follow
 */
record HistoryView(
        List<String> columns,
        List<List<@Nullable Number>> rows,
        boolean downsampled,
        int nextAfterEpoch,
        boolean complete) {

    /**
     * @param afterEpoch what was asked for
     * @param complete whether the job has ended and these are its last rows
     */
    static HistoryView of(LossCurve curve, int afterEpoch, boolean complete) {
        List<EpochReport> reports = curve.rows();
        int last =
                reports.isEmpty() ? afterEpoch : reports.get(reports.size() - 1).epoch();
        LossRows shown = LossRows.of(reports);
        return new HistoryView(shown.columns(), shown.rows(), curve.downsampled(), last, complete);
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
}
