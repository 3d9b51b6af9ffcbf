package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.features.TargetKind;
import io.twostep.nn.Task;
import io.twostep.training.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the columns to predict ask of a network, as far as is known of them without a look at their values. */
public final class TargetTask {

    private TargetTask() {}

    /** What a column would be taken for by itself. */
    static TargetKind kind(@Nullable TargetKind wish, DatasetColumn target) {
        if (wish != null) {
            return wish;
        }
        return target.suggestsClasses() ? TargetKind.CLASSIFICATION : TargetKind.REGRESSION;
    }

    /** What columns are asked for that are all of a kind. */
    static Task of(@Nullable TargetKind wish, List<DatasetColumn> targets) {
        DatasetColumn first = targets.get(0);
        return kind(wish, first) == TargetKind.CLASSIFICATION
                ? new Task.Classes((int) Math.max(2, Math.min(Integer.MAX_VALUE, first.distinct())))
                : new Task.Numbers(targets.size());
    }

    /** What the targets of a recipe ask for; the dataset has them. */
    public static Task of(Recipe recipe, Columns columns) {
        return of(recipe.task(), columns.all(recipe.targetColumns().names()));
    }
}
