package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A category as the mean of the target where it stands: one input for a quantity, one for each class but the first.
 *
 * <p>Means are in standard deviations of the target from its mean over all training rows, and drawn towards it the more
 * the fewer rows a category has, so that 0 says nothing. They are those of all training rows, for rows that are not among
 * them: a training row would read its own target from them, and is encoded by {@link OutOfFold}.
 *
 * @param of what each mean is of, as in {@code species=Gentoo}; one for each input
 * @param categories distinct, by code point
 * @param means of each category, one for each input
 * @param missing means where the value is missing; null if it never was, and all are 0 then
 * @param pool categories without means of their own; null if there are none
 * @param pooled means of the pool, which are those of unseen categories, too; null without a pool, and all are 0 then
 */
@JsonTypeName("target_mean")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetMeans(
        String name,
        List<String> of,
        List<String> categories,
        List<List<Double>> means,
        @Nullable List<Double> missing,
        UnseenCategory unseen,
        @Nullable Pool pool,
        @Nullable List<Double> pooled)
        implements Feature {

    public TargetMeans {
        of = List.copyOf(of);
        categories = List.copyOf(categories);
        means = means.stream().map(List::copyOf).toList();
        if (!CodePoints.areAscending(categories)) {
            throw new InvalidValueException("categories", "must be distinct and sorted by code point");
        }
        if (means.size() != categories.size()) {
            throw new InvalidValueException("means", "must be as many as there are categories");
        }
        if ((pool == null) != (pooled == null)) {
            throw new InvalidValueException("pooled", "must be there if there is a pool, and only then");
        }
        requireMeans(of.size(), means.stream());
        requireMeans(of.size(), Stream.of(missing, pooled).filter(list -> list != null));
    }

    private static void requireMeans(int width, Stream<List<Double>> all) {
        if (width == 0
                || !all.allMatch(some -> some.size() == width && some.stream().allMatch(Range.FINITE::contains))) {
            throw new InvalidValueException("means", "must be finite numbers, as many as they are of");
        }
    }

    @Override
    public int width() {
        return of.size();
    }

    @Override
    public List<String> inputNames() {
        return of.stream().map(target -> "mean " + target + " by " + name).toList();
    }

    @Override
    public boolean takesNumbers() {
        return false;
    }

    @Override
    public boolean remembersCategories() {
        return Pool.isRemembered(pool);
    }

    @Override
    public boolean hasSeen(String category) {
        return Pool.hasSeen(category, categories, pool);
    }

    @Override
    public @Nullable String encode(@Nullable String value, float[] x, int at) {
        int place = value == null ? -1 : Collections.binarySearch(categories, value, CodePoints.ORDER);
        if (place >= 0) {
            write(means.get(place), x, at);
            return null;
        }
        write(value == null ? missing : pooled, x, at);
        return value == null || isTaken(value)
                ? null
                : Excerpt.quoted(value) + " is none of the categories in training";
    }

    /** Whether a category without means of its own is one in training, or need not be. */
    private boolean isTaken(String category) {
        return unseen == UnseenCategory.OTHER || (pool != null && pool.contains(category));
    }

    private void write(@Nullable List<Double> some, float[] x, int at) {
        if (some == null) {
            Arrays.fill(x, at, at + width(), 0);
            return;
        }
        for (int i = 0; i < some.size(); i++) {
            x[at + i] = some.get(i).floatValue();
        }
    }
}
