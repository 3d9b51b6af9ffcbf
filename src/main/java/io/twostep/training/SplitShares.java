package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.features.SplitRule;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are not learned from.
 *
 * @param validation share of the rows that is watched by the stopping rule; a fifth where nothing is said
 * @param test share of the rows that is judged once, at the end; none where nothing is said
 * @param by what decides; chance, drawn from the seed, where nothing is said. A column that says it leaves no shares to
 *     choose: both are 0 then
 */
public record SplitShares(double validation, double test, SplitRule by) {

    private static final Range SHARE = Range.atLeast(0).below(1);

    public static final SplitShares DEFAULT = new SplitShares(0.2, 0);

    public SplitShares {
        InvalidValueException.throwIfAny(
                SHARE.problem("validation", validation),
                SHARE.problem("test", test),
                validation + test >= 1
                        ? new Problem("", "validation and test must leave rows for training but add up to 1 or more")
                        : null,
                by instanceof SplitRule.Column && validation + test > 0
                        ? new Problem(
                                "/by",
                                "a column says which rows are for validation and test: there is no share to choose")
                        : null);
    }

    /** By chance. */
    public SplitShares(double validation, double test) {
        this(validation, test, new SplitRule.Random());
    }

    @JsonCreator
    static SplitShares of(@Nullable Double validation, @Nullable Double test, @Nullable SplitRule by) {
        double usual = by instanceof SplitRule.Column ? 0 : DEFAULT.validation;
        return new SplitShares(
                validation == null ? usual : validation,
                test == null ? DEFAULT.test : test,
                by == null ? DEFAULT.by : by);
    }
}
