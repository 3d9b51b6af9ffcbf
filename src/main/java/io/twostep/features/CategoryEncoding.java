package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Range;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import org.jspecify.annotations.Nullable;

/** How a category becomes numbers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface CategoryEncoding {

    int MOST_CATEGORIES = 100_000;

    /**
     * One input for each category. Those that are rare, or beyond a limit, share one more input, so that a column of many
     * categories does not make the network as wide as it is long.
     *
     * @param minCount training rows that a category needs for an input of its own; 1 where nothing is said
     * @param maxCategories the most that have an input of their own, the frequent ones first; 1,000 where nothing is said
     */
    @JsonTypeName("one_hot")
    @Explained("an input for each category, 1 where it stands and 0 elsewhere")
    record OneHot(
            @Within(atLeast = 1, atMost = Integer.MAX_VALUE) int minCount,
            @Within(atLeast = 1, atMost = MOST_CATEGORIES) int maxCategories)
            implements CategoryEncoding {

        static final OneHot DEFAULT = new OneHot(1, 1_000);

        /** As many as can be asked for. */
        static final OneHot OF_ALL = new OneHot(1, MOST_CATEGORIES);

        public OneHot {
            Bounds.check(OneHot.class, minCount, maxCategories);
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
    @Explained(
            value = "an input for each bucket, 1 in the bucket of the category's hash and 0 elsewhere",
            source = "Weinberger et al.: Feature Hashing for Large Scale Multitask Learning, 2009")
    record Hash(
            @Within(atLeast = 2, atMost = MOST_CATEGORIES) int buckets) implements CategoryEncoding {

        static final Range BUCKETS = Range.between(2, MOST_CATEGORIES);

        private static final int USUAL = 256;

        public Hash {
            Bounds.check(Hash.class, buckets);
        }

        @JsonCreator
        static Hash of(@Nullable Integer buckets) {
            return new Hash(buckets == null ? USUAL : buckets);
        }
    }

    /**
     * The mean of the target where the category stands, drawn towards that of all rows: few inputs however many
     * categories there are. Training rows get the mean of rows in other folds, for they would read their own target else;
     * that of all, 0, where there are none. So a category in one group only tells nothing in training if folds are made of
     * groups.
     *
     * @param smoothing how many rows the mean of all counts for; 10 where nothing is said
     * @param folds into which the training rows are divided; 5 where nothing is said
     * @param maxCategories the most that have a mean of their own, the frequent ones first; 10,000 where nothing is said
     */
    @JsonTypeName("target_mean")
    @Explained(
            value =
                    "(sum of the target where the category stands + smoothing mean of all) / (rows where it stands + smoothing)",
            source =
                    "Micci-Barreca: A Preprocessing Scheme for High-Cardinality Categorical Attributes in Classification and Prediction Problems, 2001")
    record TargetMean(
            @Within(atLeast = 0, atMost = 1e9) double smoothing,
            @Within(atLeast = 2, atMost = 100) int folds,
            @Within(atLeast = 1, atMost = MOST_CATEGORIES) int maxCategories)
            implements CategoryEncoding {

        static final TargetMean DEFAULT = new TargetMean(10, 5, 10_000);

        public TargetMean {
            Bounds.check(TargetMean.class, smoothing, folds, maxCategories);
        }

        @JsonCreator
        static TargetMean of(@Nullable Double smoothing, @Nullable Integer folds, @Nullable Integer maxCategories) {
            return new TargetMean(
                    smoothing == null ? DEFAULT.smoothing : smoothing,
                    folds == null ? DEFAULT.folds : folds,
                    maxCategories == null ? DEFAULT.maxCategories : maxCategories);
        }
    }
}
