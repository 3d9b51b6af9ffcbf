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

    /** What columns are taken for that are all of a kind. */
    static TargetKind kind(@Nullable TargetKind wish, List<DatasetColumn> targets) {
        if (!isClass(wish, targets.get(0))) {
            return TargetKind.REGRESSION;
        }
        return targets.size() == 1 ? TargetKind.CLASSIFICATION : TargetKind.MULTI_LABEL;
    }

    /** Whether a column is taken for a class, else for a number. */
    static boolean isClass(@Nullable TargetKind wish, DatasetColumn target) {
        return wish == null ? target.suggestsClasses() : wish != TargetKind.REGRESSION;
    }

    /** What columns are asked for that are all of a kind. */
    static Task of(@Nullable TargetKind wish, List<DatasetColumn> targets) {
        long classes = Math.max(2, Math.min(Integer.MAX_VALUE, targets.get(0).distinct()));
        return switch (kind(wish, targets)) {
            case CLASSIFICATION -> new Task.Classes((int) classes);
            case REGRESSION -> new Task.Numbers(targets.size());
            case MULTI_LABEL -> new Task.Labels(targets.size());
        };
    }

    /** What the targets of a recipe ask for; the dataset has them. */
    public static Task of(Recipe recipe, Columns columns) {
        return of(recipe.task(), columns.all(recipe.targetColumns().names()));
    }
}
