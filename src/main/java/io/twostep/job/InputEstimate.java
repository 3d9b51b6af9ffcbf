package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.features.CategoryEncoding;
import io.twostep.features.ColumnPolicy;
import io.twostep.features.DatePart;
import io.twostep.features.Encoding;
import io.twostep.features.MissingNumber;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.Task;
import java.util.Comparator;
import java.util.List;

/**
 * How many inputs a network can have at most, as far as the columns tell whose values nobody has looked at: what training
 * rows lack has no input.
 *
 * @param targetMeans how many inputs a column makes whose categories stand for means of the target
 */
public record InputEstimate(List<DatasetColumn> features, Encoding encoding, long targetMeans) {

    public static InputEstimate of(Encoding encoding, Columns columns, List<String> features, Task task) {
        List<DatasetColumn> found =
                features.stream().flatMap(name -> columns.find(name).stream()).toList();
        int targetMeans = task instanceof Task.Classes ? task.count() - 1 : task.count();
        return new InputEstimate(found, encoding, targetMeans);
    }

    /** Inputs of all columns. */
    public long inputs() {
        return features.stream().mapToLong(this::mostInputs).sum();
    }

    /** What they make at least: of columns that are no numbers nothing is sure. */
    long fewestInputs() {
        return Math.max(
                1, features.stream().filter(column -> column.type().isNumeric()).count());
    }

    /** The column that makes the most of them. */
    String widest() {
        return features.stream()
                .max(Comparator.comparingLong(this::mostInputs))
                .orElseThrow()
                .name();
    }

    private long mostInputs(DatasetColumn column) {
        ColumnPolicy policy = encoding.policy(column.name(), UnseenCategory.OTHER);
        if (column.type().isNumeric()) {
            return policy.missing() instanceof MissingNumber.Indicator && column.missing() > 0 ? 2 : 1;
        }
        if (column.dateOrder() != null && !policy.parts().isEmpty()) {
            return policy.parts().stream().mapToLong(DatePart::width).sum() + 1;
        }
        if (policy.category() instanceof CategoryEncoding.TargetMean) {
            return targetMeans;
        }
        return policy.category() instanceof CategoryEncoding.Hash hash
                ? hash.buckets() + 1
                : mostInputs(column, (CategoryEncoding.OneHot) policy.category());
    }

    /** One for each category, one for those that share it, one for a missing value. */
    private static long mostInputs(DatasetColumn column, CategoryEncoding.OneHot oneHot) {
        boolean pools = oneHot.minCount() > 1 || column.distinct() > oneHot.maxCategories();
        return Math.min(column.distinct(), oneHot.maxCategories()) + (pools ? 1 : 0) + 1;
    }
}
