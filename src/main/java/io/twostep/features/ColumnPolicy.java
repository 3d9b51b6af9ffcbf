package io.twostep.features;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one column is turned into inputs: the first two if it holds numbers, the last if it holds dates, the others if it
 * holds text.
 *
 * @param numeric how its numbers are scaled
 * @param missing what stands for a missing number
 * @param category how its categories become numbers
 * @param unseen what becomes of a category that no training row has
 * @param parts of its dates that may become inputs; none if they are to be taken for categories
 */
public record ColumnPolicy(
        NumberScaling numeric,
        MissingNumber missing,
        CategoryEncoding category,
        UnseenCategory unseen,
        Set<DatePart> parts) {

    /** How the dates of a column are written that is to be encoded as one of dates; null if it is not. */
    @Nullable
    DateOrder dates(Texts column) {
        return parts.isEmpty() ? null : column.dates();
    }
}
