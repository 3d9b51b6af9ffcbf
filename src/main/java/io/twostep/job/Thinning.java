package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few rows of a long loss history that show all its spikes: the first row and, of each of many buckets of as many rows,
 * those with the least and the greatest training loss, the same of the validation loss and of the watched metric, and the
 * last. Holds the rows it keeps and one bucket's candidates, however long the history.
 */
final class Thinning {

    private static final List<Function<EpochReport, @Nullable Double>> FIGURES =
            List.of(EpochReport::trainLoss, EpochReport::validationLoss, EpochReport::metric);

    private final long rows;
    private final boolean keepsFirst;
    private final long buckets;
    private final List<EpochReport> kept = new ArrayList<>();
    private Bucket bucket = new Bucket();
    private long seen;

    /**
     * @param size of the whole history
     * @param most rows to keep, at least 1; of one that is kept alone it is the last
     */
    Thinning(HistorySize size, int most) {
        this.rows = size.rows();
        this.keepsFirst = most > 1;
        int figures = 1 + (size.withValidation() > 0 ? 1 : 0) + (size.withMetric() > 0 ? 1 : 0);
        this.buckets = Math.min(rows - 1, (most - 1) / (2 * figures + 1));
    }

    /** Takes the next row, in the order of the epochs; those beyond the size that was told are passed over. */
    void add(EpochReport row) {
        if (seen == rows) {
            return;
        }
        seen++;
        if (buckets > 0 && seen > 2 && number(seen) != number(seen - 1)) {
            kept.addAll(bucket.rows());
            bucket = new Bucket();
        }
        if (seen == 1 && keepsFirst) {
            kept.add(row);
        } else {
            bucket.add(row);
        }
    }

    /** What is kept, in the order of the epochs. */
    List<EpochReport> kept() {
        List<EpochReport> all = new ArrayList<>(kept);
        all.addAll(buckets > 0 ? bucket.rows() : bucket.lastRow());
        return all;
    }

    /** The bucket of a row, which is not the first. */
    private long number(long row) {
        return (row - 2) * buckets / (rows - 1);
    }

    /** Keeps of each figure the rows with the least and the greatest; the first of equals. */
    private static final class Bucket {

        private final EpochReport[] extremes = new EpochReport[2 * FIGURES.size()];
        private @Nullable EpochReport last;

        void add(EpochReport row) {
            for (int figure = 0; figure < FIGURES.size(); figure++) {
                Function<EpochReport, @Nullable Double> of = FIGURES.get(figure);
                Double value = of.apply(row);
                if (value != null) {
                    keep(2 * figure, row, value, of, -1);
                    keep(2 * figure + 1, row, value, of, 1);
                }
            }
            last = row;
        }

        private void keep(
                int place, EpochReport row, double value, Function<EpochReport, @Nullable Double> of, int sign) {
            EpochReport known = extremes[place];
            Double before = known == null ? null : of.apply(known);
            if (before == null || sign * Double.compare(value, before) > 0) {
                extremes[place] = row;
            }
        }

        List<EpochReport> rows() {
            Map<Integer, EpochReport> byEpoch = new TreeMap<>();
            Stream.concat(Arrays.stream(extremes), Stream.ofNullable(last))
                    .filter(Objects::nonNull)
                    .forEach(row -> byEpoch.put(row.epoch(), row));
            return List.copyOf(byEpoch.values());
        }

        List<EpochReport> lastRow() {
            return last == null ? List.of() : List.of(last);
        }
    }
}
