package io.twostep.crossvalidation;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.features.SplitRule;
import io.twostep.job.TrainingRequest;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be cross-validated.
 *
 * @param folds 5 where nothing is said, as in scikit-learn
 */
public record CrossValidationRequest(TrainingRequest job, int folds) {

    private static final int USUAL = 5;
    private static final Range FOLDS = Range.between(2, SplitRule.Fold.MOST);

    public CrossValidationRequest {
        InvalidValueException.throwIfAny(FOLDS.problem("folds", folds));
    }

    @JsonCreator
    static CrossValidationRequest of(TrainingRequest job, @Nullable Integer folds) {
        return new CrossValidationRequest(job, folds == null ? USUAL : folds);
    }
}
