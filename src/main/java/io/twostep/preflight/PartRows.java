package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.InvalidValueException;
import io.twostep.features.ColumnData;
import io.twostep.features.Split;
import io.twostep.features.SplitRule;
import io.twostep.features.Splitter;
import io.twostep.features.Table;
import io.twostep.job.Columns;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many rows each part of a training will have.
 *
 * @param training learned from
 * @param validation watched
 * @param test judged at the end
 * @param leftOut of the dataset to learn from, those that are in no part
 * @param exact whether all rows have been looked at; else groups, times, and labels that are rare may make a difference
 */
public record PartRows(long training, long validation, long test, long leftOut, boolean exact) {

    /**
     * What the sample tells; empty where it says nothing of how the rows are divided.
     *
     * @param datasets finds by id
     */
    static Optional<PartRows> of(PreparedSample sample, Function<String, Dataset> datasets) {
        Preparation prepared = sample.prepared();
        Recipe recipe = sample.submission().recipe();
        Optional<PartRows> own = sample.rows().whole() && prepared != null
                ? Optional.of(new PartRows(
                        prepared.training().rows(),
                        prepared.validation().rows(),
                        prepared.test().rows(),
                        prepared.leftOut(),
                        true))
                : shares(sample).map(shares -> divided(sample.dataset(), recipe, shares));
        return own.map(rows -> rows.and(recipe, datasets));
    }

    private PartRows and(Recipe recipe, Function<String, Dataset> datasets) {
        long more = labelled(recipe.split().validationDataset(), recipe, datasets);
        long judged = labelled(recipe.split().testDataset(), recipe, datasets);
        return new PartRows(training, validation + more, test + judged, leftOut, exact && more + judged == 0);
    }

    private static long labelled(@Nullable String id, Recipe recipe, Function<String, Dataset> datasets) {
        return id == null ? 0 : labelled(datasets.apply(id), recipe);
    }

    /** Of several targets as if rows that lack one lacked all that are missing there: at most so many. */
    private static long labelled(Dataset dataset, Recipe recipe) {
        Columns columns = new Columns(dataset);
        return dataset.rows()
                - recipe.targetColumns().names().stream()
                        .flatMap(target -> columns.find(target).stream())
                        .mapToLong(DatasetColumn::missing)
                        .max()
                        .orElse(0);
    }

    private static PartRows divided(Dataset dataset, Recipe recipe, Shares shares) {
        long labelled = labelled(dataset, recipe);
        long validation = Math.round(labelled * shares.validation);
        long test = Math.round(labelled * shares.test);
        return new PartRows(
                Math.max(1, labelled - validation - test), validation, test, dataset.rows() - labelled, false);
    }

    private record Shares(double validation, double test) {}

    /** As the request says, or where a column says it, as the rows of the sample do. */
    private static Optional<Shares> shares(PreparedSample sample) {
        SplitShares split = sample.submission().recipe().split();
        SplitRule by = split.by();
        if (by instanceof SplitRule.Fold fold) {
            double test = 1.0 / fold.folds();
            return Optional.of(new Shares(split.validation() * (1 - test), test));
        }
        if (by.takesShares()) {
            return Optional.of(new Shares(split.validation(), split.test()));
        }
        try {
            return Optional.of(shares(sample, new Splitter(by, 0, 0, 0)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Shares shares(PreparedSample sample, Splitter splitter) {
        Table targets =
                sample.rows().only(sample.submission().recipe().targetColumns().names());
        int[] labelled = targets.presentRows();
        ColumnData target = targets.columns().get(0).rows(labelled);
        Split split = splitter.split(target, name -> sample.rows().column(name).rows(labelled));
        double rows = labelled.length;
        return new Shares(split.validation().length / rows, split.test().length / rows);
    }
}
