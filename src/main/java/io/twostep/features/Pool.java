package io.twostep.features;

import io.twostep.error.InvalidValueException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The categories of the training rows that an encoding does not tell apart, because they are rare or too many.
 *
 * @param categories how many
 * @param rows how many training rows have one of them
 * @param members they themselves, by code point; null where they are many and no category is refused, and in older models
 *     wherever none is
 */
public record Pool(int categories, int rows, @Nullable List<String> members) {

    public Pool {
        if (members != null) {
            members = List.copyOf(members);
            if (!CodePoints.areAscending(members)) {
                throw new InvalidValueException("members", "must be distinct and sorted by code point");
            }
        }
    }

    /** Whether all categories of the training rows are known beside those that are told apart. */
    static boolean isRemembered(@Nullable Pool pool) {
        return pool == null || pool.members != null;
    }

    /** Whether a category is one of those told apart, or a member of the pool. */
    static boolean hasSeen(String category, List<String> toldApart, @Nullable Pool pool) {
        return Collections.binarySearch(toldApart, category, CodePoints.ORDER) >= 0
                || (pool != null && pool.contains(category));
    }

    boolean contains(String category) {
        return members != null && Collections.binarySearch(members, category, CodePoints.ORDER) >= 0;
    }
}
