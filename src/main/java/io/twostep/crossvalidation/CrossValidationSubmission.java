package io.twostep.crossvalidation;

import io.twostep.features.SplitRule;
import io.twostep.job.JobSubmission;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;

/**
 * What was asked for, as it stood when it was accepted, with its references resolved; never changes.
 *
 * @param job what would be trained without folds
 */
public record CrossValidationSubmission(int folds, JobSubmission job) {

    /** The training that tests a fold, 1 for the first. */
    JobSubmission of(int fold) {
        Recipe recipe = job.recipe();
        SplitShares split = recipe.split();
        return job.with(
                recipe.with(new SplitShares(split.validation(), 0, new SplitRule.Fold(fold, folds, split.by()))));
    }
}
