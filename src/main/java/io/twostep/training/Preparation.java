package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.TableSource;
import io.twostep.features.TargetEncoder;
import io.twostep.nn.Network;

/**
 * A table made ready for a network: split, encoders fitted on the training rows and on nothing else, rows encoded.
 *
 * @param features the fitted columns
 * @param target the fitted target
 * @param network the recipe's network in the shape of these columns
 * @param training rows to learn from; their means of the target are those of rows in other folds, so that {@code features}
 *     encodes these columns of them otherwise
 * @param validation rows to watch
 * @param test rows for the end
 * @param leftOut rows without a target, and validation and test rows whose label no training row has
 */
public record Preparation(
        FeatureEncoder features,
        TargetEncoder target,
        Network network,
        Examples training,
        Examples validation,
        Examples test,
        int leftOut) {

    /** As {@link #of(TableSource, OtherRows, Recipe, ExampleStore, TrainingListener)}, of one table. */
    public static Preparation of(TableSource table, Recipe recipe, ExampleStore store, TrainingListener listener) {
        return of(table, OtherRows.NONE, recipe, store, listener);
    }

    /**
     * Splits, fits and encodes. The table is read three times: its target, with the columns by which rows are divided or
     * weighted if there are any; its columns one after the other; and its rows piece by piece. Beside what the store keeps,
     * memory is needed for a few numbers a row. The result depends on the values alone, not on where they are read from or
     * kept.
     *
     * @param others tables of rows that are not learned from
     * @param store keeps the encoded rows
     * @param listener may cancel
     * @throws InvalidValueException if the columns do not fit the recipe; pointers are into the recipe's JSON, or of the
     *     form {@code /row/column} or {@code /column}; a row of another table has its number there, and is told to be
     * @throws java.util.concurrent.CancellationException as soon as the listener says so
     */
    public static Preparation of(
            TableSource table, OtherRows others, Recipe recipe, ExampleStore store, TrainingListener listener) {
        TableSource all = new CancellableSource(others.below(table), listener);
        return new Preparer(new CancellableSource(table, listener), others, all, recipe, store).prepare();
    }
}
