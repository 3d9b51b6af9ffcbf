package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.List;

/**
 * A loss history as it is looked at: all its rows, or so many that it keeps its shape.
 *
 * @param rows in the order of the epochs
 * @param downsampled whether rows are left out
 */
public record LossCurve(List<EpochReport> rows, boolean downsampled) {

    private static final int CHUNK = 10_000;

    /**
     * The history after an epoch. Of one that is too long the rows with the least and the greatest losses of each part
     * are there, and its first and its last; it is read in chunks, and most of it is not kept.
     *
     * @param most rows, at least 1
     */
    public static LossCurve of(TrainingJobs jobs, String jobId, int afterEpoch, int most) {
        HistorySize size = jobs.historySize(jobId, afterEpoch);
        if (size.rows() <= most) {
            return new LossCurve(jobs.history(jobId, afterEpoch, most), false);
        }
        Thinning thinning = new Thinning(size, most);
        int last = afterEpoch;
        List<EpochReport> chunk;
        do {
            chunk = jobs.history(jobId, last, CHUNK);
            chunk.forEach(thinning::add);
            last = chunk.isEmpty() ? last : chunk.get(chunk.size() - 1).epoch();
        } while (chunk.size() == CHUNK);
        return new LossCurve(thinning.kept(), true);
    }
}
