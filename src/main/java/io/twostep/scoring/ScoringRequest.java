package io.twostep.scoring;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Names;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be scored.
 *
 * @param model its name
 * @param version null for the latest one
 * @param dataset id or name
 * @param result the name of the dataset that is made; null lets it have its id for a name
 * @param columns of the dataset that the result keeps, in that order; null for all
 * @param prefix of the names of the columns that are added; null for none
 */
public record ScoringRequest(
        String model,
        @Nullable Integer version,
        String dataset,
        @Nullable String result,
        @Nullable List<String> columns,
        @Nullable String prefix) {

    private static final Range VERSION = Range.atLeast(1);
    private static final int LONGEST_PREFIX = 64;
    private static final String PREFIX_RULE =
            "must be at most " + LONGEST_PREFIX + " characters, no blank first and no control characters among them";

    public ScoringRequest {
        columns = columns == null ? null : List.copyOf(columns);
        InvalidValueException.throwIfAny(
                version == null ? null : VERSION.problem("version", version),
                result == null ? null : Names.problem("result", result),
                prefix == null || isPrefix(prefix) ? null : new Problem("/prefix", PREFIX_RULE));
    }

    private static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX
                && (text.isEmpty() || !Character.isWhitespace(text.charAt(0)))
                && text.chars().noneMatch(Character::isISOControl);
    }
}
