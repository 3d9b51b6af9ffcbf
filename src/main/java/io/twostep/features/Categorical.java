package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A category, one-hot: one input for each category that the training rows had, 1 where the row has it and 0 elsewhere.
 * Those that are pooled share one input, the one behind the others; categories that are unseen, and not refused, belong
 * to them. Without a pool all inputs of an unseen category are 0.
 *
 * <p>A missing category is an outcome of its own. It has an input, the last one, if training rows lacked the value; if
 * none did, nothing was learned about it and all inputs are 0.
 *
 * @param categories distinct, by code point
 * @param missing whether "missing" has an input
 * @param pool categories without an input of their own; null if there are none
 */
@JsonTypeName("categorical")
public record Categorical(
        String name,
        List<String> categories,
        boolean missing,
        UnseenCategory unseen,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pool pool)
        implements Feature {

    public Categorical {
        categories = List.copyOf(categories);
        if (categories.isEmpty() && !missing && pool == null) {
            throw new InvalidValueException("categories", "must not be empty unless missing has an input");
        }
        if (pool != null && pool.members() == null && unseen == UnseenCategory.REJECT) {
            throw new InvalidValueException("pool", "must have its members where others are refused");
        }
        if (!CodePoints.areAscending(categories)) {
            throw new InvalidValueException("categories", "must be distinct and sorted by code point");
        }
    }

    /** All categories of the training rows are told apart. */
    public Categorical(String name, List<String> categories, boolean missing, UnseenCategory unseen) {
        this(name, categories, missing, unseen, null);
    }

    static Categorical fit(Texts trainingRows, CategoryEncoding.OneHot encoding, UnseenCategory unseen) {
        CategoryChoice choice = CategoryChoice.of(trainingRows, encoding.minCount(), encoding.maxCategories(), unseen);
        return new Categorical(trainingRows.name(), choice.kept(), choice.missing(), unseen, choice.pool());
    }

    @Override
    public int width() {
        return categories.size() + (pool == null ? 0 : 1) + (missing ? 1 : 0);
    }

    @Override
    public List<String> inputNames() {
        List<String> names = new ArrayList<>(width());
        categories.forEach(category -> names.add(name + "=" + category));
        if (pool != null) {
            names.add(name + " is another");
        }
        if (missing) {
            names.add(name + " is missing");
        }
        return List.copyOf(names);
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
        int input = input(value);
        Arrays.fill(x, at, at + width(), 0);
        if (input >= 0) {
            x[at + input] = 1;
        } else if (value != null && unseen == UnseenCategory.REJECT) {
            return Excerpt.quoted(value) + " is none of the categories in training";
        }
        return null;
    }

    /** The input that stands for a value; negative if none does. */
    private int input(@Nullable String value) {
        if (value == null) {
            return missing ? width() - 1 : -1;
        }
        int place = Collections.binarySearch(categories, value, CodePoints.ORDER);
        return place < 0 && isPooled(value) ? categories.size() : place;
    }

    /** Whether a category that has no input of its own belongs to the pool, if there is one. */
    private boolean isPooled(String category) {
        return pool != null && (unseen == UnseenCategory.OTHER || pool.contains(category));
    }
}
