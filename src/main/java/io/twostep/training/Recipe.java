package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.features.Encoding;
import io.twostep.features.TargetColumns;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.NetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that turns a table into a model: the same recipe, table and build make the same model.
 *
 * @param target column to predict; null where there are several
 * @param targets columns to predict; null where there is one
 * @param task what the target is taken for; null lets its values decide
 * @param features columns to predict from, in the order of their inputs
 * @param unseen what a category is at prediction that no training row has, where the encoding does not say so
 * @param encoding how the columns become inputs
 * @param network the network's description
 * @param split rows that are not learned from
 * @param training how the loss is made to go down
 * @param classWeights how much the rows of each class count; null if all count alike
 * @param sampleWeight column that says how much each row counts; null if all count alike
 * @param arithmetic what computes, {@code fast} or {@code portable}
 * @param refit whether the rows for validation are learned from too, and none is watched
 */
public record Recipe(
        @Nullable String target,
        @Nullable List<String> targets,
        @Nullable TargetKind task,
        List<String> features,
        UnseenCategory unseen,
        Encoding encoding,
        NetworkSpec network,
        SplitShares split,
        TrainingSpec training,
        @Nullable ClassWeights classWeights,
        @Nullable String sampleWeight,
        String arithmetic,
        boolean refit) {

    public Recipe {
        targets = targets == null ? null : List.copyOf(targets);
        features = List.copyOf(features);
        InvalidValueException.throwIfAny(TargetColumns.problem(target, targets));
    }

    /** Of one target, and all rows count alike. */
    public Recipe(
            String target,
            @Nullable TargetKind task,
            List<String> features,
            UnseenCategory unseen,
            Encoding encoding,
            NetworkSpec network,
            SplitShares split,
            TrainingSpec training,
            String arithmetic) {
        this(target, null, task, features, unseen, encoding, network, split, training, null, null, arithmetic, false);
    }

    /** The columns to predict. */
    public TargetColumns targetColumns() {
        return TargetColumns.of(target, targets);
    }

    /** The same but for how the loss is made to go down. */
    public Recipe with(TrainingSpec other) {
        return but(split, other, classWeights, sampleWeight, refit);
    }

    /** The same but for the rows that are not learned from. */
    public Recipe with(SplitShares others) {
        return but(others, training, classWeights, sampleWeight, refit);
    }

    /** The same, but that other rows are left aside and that all of them count alike. */
    public Recipe unweighted(SplitShares others) {
        return but(others, training, null, null, refit);
    }

    /** The same for a model that has been chosen: nothing is left to be watched but the number of its steps. */
    public Recipe refitted(long steps) {
        StoppingRule afterSteps = new StoppingRule(null, null, null, null, steps);
        return but(split, training.with(afterSteps), classWeights, sampleWeight, true);
    }

    private Recipe but(
            SplitShares split,
            TrainingSpec training,
            @Nullable ClassWeights classWeights,
            @Nullable String sampleWeight,
            boolean refit) {
        return new Recipe(
                target,
                targets,
                task,
                features,
                unseen,
                encoding,
                network,
                split,
                training,
                classWeights,
                sampleWeight,
                arithmetic,
                refit);
    }

    /** Whether some rows count more than others. */
    public boolean hasWeights() {
        return classWeights != null || sampleWeight != null;
    }

    /** As it is read, also from where it was stored before there was a choice of encodings. */
    @JsonCreator
    static Recipe of(
            @Nullable String target,
            @Nullable List<String> targets,
            @Nullable TargetKind task,
            List<String> features,
            UnseenCategory unseen,
            @Nullable Encoding encoding,
            NetworkSpec network,
            SplitShares split,
            TrainingSpec training,
            @Nullable ClassWeights classWeights,
            @Nullable String sampleWeight,
            String arithmetic,
            @Nullable Boolean refit) {
        return new Recipe(
                target,
                targets,
                task,
                features,
                unseen,
                encoding == null ? Encoding.BEFORE_THERE_WAS_A_CHOICE : encoding,
                network,
                split,
                training,
                classWeights,
                sampleWeight,
                arithmetic,
                refit != null && refit);
    }
}
