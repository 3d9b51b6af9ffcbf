package io.twostep.job;

import io.twostep.model.Evaluations;
import io.twostep.training.Evaluation;
import io.twostep.training.Recipe;
import io.twostep.training.TrainingSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The training of a model that was chosen among others: from its training and its validation rows together, in as many
 * epochs as its weights took. The learning rate goes the same way through these epochs as before.
 */
final class Refit {

    private Refit() {}

    /**
     * What to do.
     *
     * @param part a training that has succeeded, and finished an epoch
     */
    static Recipe of(TrainingJob part) {
        Recipe recipe = part.submission().recipe();
        Evaluations figures =
                Objects.requireNonNull(Objects.requireNonNull(part.ending()).evaluation());
        long rows = rows(figures.training()) + rows(figures.validation());
        long batchSize = recipe.training().batchSize();
        long batches = (rows + batchSize - 1) / batchSize;
        return recipe.refitted(Math.max(1, epochs(part, recipe.training())) * batches);
    }

    private static long rows(@Nullable Evaluation judged) {
        return judged == null ? 0 : judged.rows();
    }

    /** Where patience watched, the weights are those of the best epoch; otherwise those of the last. */
    private static int epochs(TrainingJob part, TrainingSpec training) {
        Integer best = part.progress().bestEpoch();
        return training.stop().patience() != null && best != null
                ? best
                : part.progress().epoch();
    }
}
