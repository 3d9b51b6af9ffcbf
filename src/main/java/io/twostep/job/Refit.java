package io.twostep.job;

import io.twostep.model.Evaluations;
import io.twostep.training.Evaluation;
import io.twostep.training.Recipe;
import io.twostep.training.TrainingSpec;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The training of a model that was chosen among others: from its training and its validation rows together, in as many
 * epochs as its weights took, parts of one among them. The learning rate goes the same way through these epochs as before,
 * unless it waits for a plateau: no rows are left to watch then but those that are learned from.
 */
final class Refit {

    private Refit() {}

    /**
     * What to do.
     *
     * @param part a training that has succeeded
     */
    static Recipe of(TrainingJob part) {
        Recipe recipe = part.submission().recipe();
        Evaluations figures =
                Objects.requireNonNull(Objects.requireNonNull(part.ending()).evaluation());
        long learned = rows(figures.training());
        long batchSize = recipe.training().batchSize();
        double epochs = epochs(part, recipe.training(), batches(learned, batchSize));
        return recipe.refitted(Math.max(
                1, Math.round(epochs * batches(learned + rows(figures.validation()), batchSize))));
    }

    private static long batches(long rows, long size) {
        return Math.max(1, (rows + size - 1) / size);
    }

    private static long rows(@Nullable Evaluation judged) {
        return judged == null ? 0 : judged.rows();
    }

    /** Where patience watched, the weights are those of the best epoch; otherwise those of the last step. */
    private static double epochs(TrainingJob part, TrainingSpec training, long batches) {
        Integer best = part.progress().bestEpoch();
        if (training.stop().patience() != null && best != null) {
            return best;
        }
        Map<String, Double> numbers = Objects.requireNonNull(part.ending()).stopDetail();
        Double steps = numbers.getOrDefault("max_steps", numbers.get("steps"));
        return steps == null ? part.progress().epoch() : steps / batches;
    }
}
