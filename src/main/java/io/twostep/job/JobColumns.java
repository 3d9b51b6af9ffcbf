package io.twostep.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job made of the columns of its dataset; long lists are cut.
 *
 * @param used those that were learned from; null without a model
 * @param notShown how many more of them there are; null without a model
 * @param leftOut the others, but for the targets; null without the dataset
 * @param leftOutNotShown how many more of these there are; null without the dataset
 */
public record JobColumns(
        @Nullable List<ColumnUse> used,
        @Nullable Integer notShown,
        @Nullable List<ColumnLeftOut> leftOut,
        @Nullable Integer leftOutNotShown) {

    /** Of a job that has not finished. */
    static final JobColumns UNKNOWN = new JobColumns(null, null, null, null);

    private static final int MOST = 200;

    /**
     * The first of them.
     *
     * @param used null without a model
     * @param leftOut null without the dataset
     */
    public static JobColumns of(@Nullable List<ColumnUse> used, @Nullable List<ColumnLeftOut> leftOut) {
        return new JobColumns(first(used), more(used), first(leftOut), more(leftOut));
    }

    private static <T> @Nullable List<T> first(@Nullable List<T> all) {
        return all == null ? null : all.stream().limit(MOST).toList();
    }

    private static @Nullable Integer more(@Nullable List<?> all) {
        return all == null ? null : Math.max(0, all.size() - MOST);
    }
}
