package io.twostep.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Names;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.features.Encoding;
import io.twostep.features.SplitRule;
import io.twostep.features.TargetColumns;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.training.ClassWeights;
import io.twostep.training.Clipping;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.Optimizer;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be trained, with the defaults for what they did not say.
 *
 * @param dataset id or name
 * @param network null takes that of the warm start's model, or else two hidden layers of 128 and 64 ReLU units
 * @param target column to predict; null where there are several
 * @param targets columns to predict, 2 to 100 of one kind; null where there is one
 * @param task what the target is taken for; null lets its values decide
 * @param features columns to predict from; null takes all but the target
 * @param exclude columns to leave out
 * @param unseen what a category is at prediction that training has not seen; no error where nothing is said
 * @param encoding how the columns become inputs; as {@link Encoding#DEFAULT} where nothing is said
 * @param classWeights how much the rows of each class count; null if all count alike
 * @param sampleWeight column that says how much each row counts, and is not learned from; null if all count alike
 * @param epochs null leaves it to the {@link Course}
 * @param batchSize null leaves it to the {@link Course}
 * @param optimizer null leaves it to the {@link Course}
 * @param schedule how the learning rate changes; null leaves it to the {@link Course}
 * @param clipping bounds the gradients; null if they are taken as they are
 * @param regularization null leaves it to the {@link Course}
 * @param split which rows are not learned from; null leaves it to their number
 * @param stop null leaves it to the {@link Course}
 * @param seed 0 where nothing is said: the same request makes the same model
 * @param model the name to publish under; null takes that of the dataset
 * @param arithmetic {@code fast} or {@code portable}
 * @param priority 0 where nothing is said
 * @param deadline by which the job must have finished; null if it may take its time
 * @param warmStart the model whose weights the training begins with; null if it begins with what the seed makes
 */
public record TrainingRequest(
        String dataset,
        @Nullable NetworkChoice network,
        @Nullable String target,
        @Nullable List<String> targets,
        @Nullable TargetKind task,
        @Nullable List<String> features,
        List<String> exclude,
        UnseenCategory unseen,
        Encoding encoding,
        @Nullable ClassWeights classWeights,
        @Nullable String sampleWeight,
        @Nullable Integer epochs,
        @Nullable Integer batchSize,
        @Nullable Optimizer optimizer,
        @Nullable LearningRateSchedule schedule,
        @Nullable Clipping clipping,
        @Nullable Regularizer regularization,
        @Nullable SplitShares split,
        @Nullable StoppingRule stop,
        long seed,
        @Nullable String model,
        String arithmetic,
        int priority,
        @Nullable Instant deadline,
        @Nullable WarmStartChoice warmStart) {

    private static final Range PRIORITY = Range.between(-100, 100);
    private static final int[] UNITS = {128, 64};
    private static final String FAST = "fast";
    private static final List<String> ARITHMETICS = List.of(FAST, "portable");

    public TrainingRequest {
        targets = targets == null ? null : List.copyOf(targets);
        exclude = List.copyOf(exclude);
        InvalidValueException.throwIfAny(
                TargetColumns.problem(target, targets),
                epochs == null ? null : TrainingSpec.EPOCHS.problem("epochs", epochs),
                batchSize == null ? null : TrainingSpec.BATCH_SIZE.problem("batch_size", batchSize),
                model == null ? null : Names.problem("model", model),
                ARITHMETICS.contains(arithmetic) ? null : badArithmetic(arithmetic),
                PRIORITY.problem("priority", priority));
    }

    private static Problem badArithmetic(String arithmetic) {
        return new Problem(
                "/arithmetic",
                "must be " + String.join(" or ", ARITHMETICS) + " but was " + Excerpt.quoted(arithmetic));
    }

    /** The least that can be said. */
    public static TrainingRequest of(String dataset, String target) {
        return of(
                dataset, null, target, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null);
    }

    @JsonCreator
    static TrainingRequest of(
            String dataset,
            @Nullable NetworkChoice network,
            @Nullable String target,
            @Nullable List<String> targets,
            @Nullable TargetKind task,
            @Nullable List<String> features,
            @Nullable List<String> exclude,
            @Nullable UnseenCategory unseen,
            @Nullable Encoding encoding,
            @Nullable ClassWeights classWeights,
            @Nullable String sampleWeight,
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Optimizer optimizer,
            @Nullable LearningRateSchedule schedule,
            @Nullable Clipping clipping,
            @Nullable Regularizer regularization,
            @Nullable SplitShares split,
            @Nullable StoppingRule stop,
            @Nullable Long seed,
            @Nullable String model,
            @Nullable String arithmetic,
            @Nullable Integer priority,
            @Nullable Instant deadline,
            @Nullable WarmStartChoice warmStart) {
        return new TrainingRequest(
                dataset,
                network,
                target,
                targets,
                task,
                features,
                exclude == null ? List.of() : exclude,
                unseen == null ? UnseenCategory.OTHER : unseen,
                encoding == null ? Encoding.DEFAULT : encoding,
                classWeights,
                sampleWeight,
                epochs,
                batchSize,
                optimizer,
                schedule,
                clipping,
                regularization,
                split,
                stop,
                seed == null ? 0 : seed,
                model,
                arithmetic == null ? FAST : arithmetic,
                priority == null ? 0 : priority,
                deadline,
                warmStart);
    }

    /** The columns to predict. */
    TargetColumns targetColumns() {
        return TargetColumns.of(target, targets);
    }

    /** What divides the rows into parts. */
    SplitRule splitRule() {
        return split == null ? new SplitRule.Random() : split.by();
    }

    /**
     * Starts smaller than He's, with biases of both signs: kinks that do not all pass through the mean of the data learn
     * small tables better.
     */
    static NetworkSpec usualNetwork() {
        Initializer start = new Initializer.GlorotUniform();
        return NetworkSpec.hidden(Arrays.stream(UNITS)
                .mapToObj(units -> new LayerSpec.Dense(units, new Activation.Relu(), start, start))
                .toArray(LayerSpec[]::new));
    }
}
