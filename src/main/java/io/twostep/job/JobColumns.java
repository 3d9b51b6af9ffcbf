package io.twostep.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job made of the columns of its dataset; long lists are cut.
 *
 * @param used those that were learned from; null without a model
 * @param notShown how many more of them there are; null without a model
 * @param leftOut the others, but for the target; null without the dataset
 * @param leftOutNotShown how many more of these there are; null without the dataset
 */
public record JobColumns(
        @Nullable List<ColumnUse> used,
        @Nullable Integer notShown,
        @Nullable List<ColumnLeftOut> leftOut,
        @Nullable Integer leftOutNotShown) {

    /** Of a job that has not finished. */
    static final JobColumns UNKNOWN = new JobColumns(null, null, null, null);
}
