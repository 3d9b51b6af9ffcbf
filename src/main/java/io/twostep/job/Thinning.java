package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A few rows of a long loss history that show all its spikes: the first row and, of each of many buckets of as many rows,
 * those with the least and the greatest training loss, the same of the validation loss, and the last. Holds the rows it
 * keeps and one bucket's candidates, however long the history.
 */
final class Thinning {

    private static final Comparator<EpochReport> BY_TRAIN_LOSS = Comparator.comparingDouble(EpochReport::trainLoss);
    private static final Comparator<EpochReport> BY_VALIDATION_LOSS =
            Comparator.comparingDouble(row -> Objects.requireNonNull(row.validationLoss()));

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
        this.buckets = Math.min(rows - 1, (most - 1) / (size.withValidation() > 0 ? 5 : 3));
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

    private static final class Bucket {

        private @Nullable EpochReport leastTrain;
        private @Nullable EpochReport mostTrain;
        private @Nullable EpochReport leastValidation;
        private @Nullable EpochReport mostValidation;
        private @Nullable EpochReport last;

        void add(EpochReport row) {
            leastTrain = lesser(leastTrain, row, BY_TRAIN_LOSS);
            mostTrain = lesser(mostTrain, row, BY_TRAIN_LOSS.reversed());
            if (row.validationLoss() != null) {
                leastValidation = lesser(leastValidation, row, BY_VALIDATION_LOSS);
                mostValidation = lesser(mostValidation, row, BY_VALIDATION_LOSS.reversed());
            }
            last = row;
        }

        List<EpochReport> rows() {
            Map<Integer, EpochReport> byEpoch = new TreeMap<>();
            for (EpochReport row : new EpochReport[] {leastTrain, mostTrain, leastValidation, mostValidation, last}) {
                if (row != null) {
                    byEpoch.put(row.epoch(), row);
                }
            }
            return List.copyOf(byEpoch.values());
        }

        List<EpochReport> lastRow() {
            return last == null ? List.of() : List.of(last);
        }

        /** The first of equals. */
        private static EpochReport lesser(@Nullable EpochReport known, EpochReport row, Comparator<EpochReport> order) {
            return known == null || order.compare(row, known) < 0 ? row : known;
        }
    }
}
