package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import org.jspecify.annotations.Nullable;

/** How a category becomes numbers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface CategoryEncoding {

    /**
     * One input for each category. Those that are rare, or beyond a limit, share one more input, so that a column of many
     * categories does not make the network as wide as it is long.
     *
     * @param minCount training rows that a category needs for an input of its own; 1 where nothing is said
     * @param maxCategories the most that have an input of their own, the frequent ones first; 1,000 where nothing is said
     */
    @JsonTypeName("one_hot")
    record OneHot(int minCount, int maxCategories) implements CategoryEncoding {

        private static final Range MIN_COUNT = Range.between(1, Integer.MAX_VALUE);
        private static final Range MAX_CATEGORIES = Range.between(1, 100_000);

        static final OneHot DEFAULT = new OneHot(1, 1_000);

        public OneHot {
            InvalidValueException.throwIfAny(
                    MIN_COUNT.problem("min_count", minCount), MAX_CATEGORIES.problem("max_categories", maxCategories));
        }

        @JsonCreator
        static OneHot of(@Nullable Integer minCount, @Nullable Integer maxCategories) {
            return new OneHot(
                    minCount == null ? DEFAULT.minCount : minCount,
                    maxCategories == null ? DEFAULT.maxCategories : maxCategories);
        }
    }

    /**
     * One input for each bucket, 1 in the bucket of the category's hash: nothing is learned of the categories, so that
     * there may be any number of them, and none is unseen; some share a bucket.
     *
     * @param buckets 256 where nothing is said
     */
    @JsonTypeName("hash")
    record Hash(int buckets) implements CategoryEncoding {

        static final Range BUCKETS = Range.between(2, 100_000);

        private static final int USUAL = 256;

        public Hash {
            InvalidValueException.throwIfAny(BUCKETS.problem("buckets", buckets));
        }

        @JsonCreator
        static Hash of(@Nullable Integer buckets) {
            return new Hash(buckets == null ? USUAL : buckets);
        }
    }
}
