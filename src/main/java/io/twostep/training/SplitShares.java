package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import org.jspecify.annotations.Nullable;

/**
 * Shares of the rows that are not learned from, drawn at random from the seed.
 *
 * @param validation watched by the stopping rule; a fifth where nothing is said
 * @param test judged once, at the end; none where nothing is said
 */
public record SplitShares(double validation, double test) {

    private static final Range SHARE = Range.atLeast(0).below(1);

    public static final SplitShares DEFAULT = new SplitShares(0.2, 0);

    public SplitShares {
        InvalidValueException.throwIfAny(
                SHARE.problem("validation", validation),
                SHARE.problem("test", test),
                validation + test >= 1
                        ? new Problem("", "validation and test must leave rows for training but add up to 1 or more")
                        : null);
    }

    @JsonCreator
    static SplitShares of(@Nullable Double validation, @Nullable Double test) {
        return new SplitShares(
                validation == null ? DEFAULT.validation : validation, test == null ? DEFAULT.test : test);
    }
}
