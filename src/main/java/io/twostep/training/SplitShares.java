package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.features.SplitPart;
import io.twostep.features.SplitRule;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are not learned from.
 *
 * @param validation share of the rows that is watched by the stopping rule; a fifth where nothing is said
 * @param test share of the rows that is judged once, at the end; none where nothing is said
 * @param by what decides; chance, drawn from the seed, where nothing is said. A column or a rule that says it leaves no
 *     shares to choose: both are 0 then
 * @param validationDataset id or name of a dataset all of whose rows are watched, and no others; null for none
 * @param testDataset id or name of a dataset all of whose rows are judged at the end, and no others; null for none
 */
public record SplitShares(
        double validation,
        double test,
        SplitRule by,
        @Nullable String validationDataset,
        @Nullable String testDataset) {

    private static final Range SHARE = Range.atLeast(0).below(1);

    private static final double LARGEST = 0.2;
    private static final double SMALLEST = 0.1;
    private static final double WATCHED_ROWS = 80;

    public static final SplitShares DEFAULT = new SplitShares(0.2, 0);

    public SplitShares {
        InvalidValueException.throwIfAny(
                SHARE.problem("validation", validation),
                SHARE.problem("test", test),
                validation + test >= 1
                        ? new Problem("", "validation and test must leave rows for training but add up to 1 or more")
                        : null,
                !by.takesShares() && validation + test > 0
                        ? new Problem(
                                "/by",
                                (by instanceof SplitRule.Column ? "a column" : "a rule")
                                        + " says which rows are for validation and test: there is no share to choose")
                        : null,
                by instanceof SplitRule.Fold && test > 0
                        ? new Problem("/test", "must be 0, since a fold is for the test, but was " + test)
                        : null,
                twice(SplitPart.VALIDATION, validationDataset, validation, by),
                twice(SplitPart.TEST, testDataset, test, by));
    }

    private static @Nullable Problem twice(SplitPart part, @Nullable String dataset, double share, SplitRule by) {
        boolean isSaid = says(by, part);
        return dataset != null && (share > 0 || isSaid)
                ? new Problem(
                        "/" + datasetField(part),
                        "must not be given together with " + (isSaid ? "what split/by says about " : "a share for ")
                                + part.label())
                : null;
    }

    /** Whether a rule says which rows are for a part. */
    private static boolean says(SplitRule by, SplitPart part) {
        return by instanceof SplitRule.Column
                || (by instanceof SplitRule.Fold && part == SplitPart.TEST)
                || (by instanceof SplitRule.Conditions rule && rule.of(part) != null);
    }

    /** The field that may name the dataset of a part. */
    static String datasetField(SplitPart part) {
        return part.label() + "_dataset";
    }

    /** The dataset all of whose rows are for a part; null for none. */
    public @Nullable String dataset(SplitPart part) {
        return switch (part) {
            case TRAINING -> null;
            case VALIDATION -> validationDataset;
            case TEST -> testDataset;
        };
    }

    /** Of one dataset. */
    public SplitShares(double validation, double test, SplitRule by) {
        this(validation, test, by, null, null);
    }

    /**
     * What suits so many rows: a tenth of them is watched, but eighty where there are few, since a loss over fewer tells
     * little, and never more than a fifth, which is what training would miss.
     */
    public static SplitShares of(long rows) {
        return new SplitShares(Math.min(LARGEST, Math.max(SMALLEST, WATCHED_ROWS / rows)), 0);
    }

    /** By chance. */
    public SplitShares(double validation, double test) {
        this(validation, test, new SplitRule.Random());
    }

    @JsonCreator
    static SplitShares of(
            @Nullable Double validation,
            @Nullable Double test,
            @Nullable SplitRule by,
            @Nullable String validationDataset,
            @Nullable String testDataset) {
        boolean hasShare = validationDataset == null && (by == null || by.takesShares());
        return new SplitShares(
                validation == null ? (hasShare ? DEFAULT.validation : 0) : validation,
                test == null ? DEFAULT.test : test,
                by == null ? DEFAULT.by : by,
                validationDataset,
                testDataset);
    }
}
