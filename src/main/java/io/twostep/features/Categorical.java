package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A category, one-hot: one input for each category that the training rows had, 1 where the row has it and 0 elsewhere.
 *
 * <p>A missing category is an outcome of its own. It has an input, the last one, if training rows lacked the value; if
 * none did, nothing was learned about it and all inputs are 0.
 *
 * @param categories distinct, by code point
 * @param missing whether "missing" has an input
 */
@JsonTypeName("categorical")
public record Categorical(String name, List<String> categories, boolean missing, UnseenCategory unseen)
        implements Feature {

    public Categorical {
        categories = List.copyOf(categories);
        if (categories.isEmpty() && !missing) {
            throw new InvalidValueException("categories", "must not be empty unless missing has an input");
        }
        if (!CodePoints.areAscending(categories)) {
            throw new InvalidValueException("categories", "must be distinct and sorted by code point");
        }
    }

    static Categorical fit(Texts trainingRows, UnseenCategory unseen) {
        List<String> categories = Arrays.stream(trainingRows.values())
                .filter(Objects::nonNull)
                .distinct()
                .sorted(CodePoints.ORDER)
                .toList();
        boolean missing = Arrays.stream(trainingRows.values()).anyMatch(Objects::isNull);
        return new Categorical(trainingRows.name(), categories, missing, unseen);
    }

    @Override
    public int width() {
        return categories.size() + (missing ? 1 : 0);
    }

    @Override
    public List<String> inputNames() {
        List<String> names = new ArrayList<>(width());
        categories.forEach(category -> names.add(name + "=" + category));
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
        return true;
    }

    @Override
    public boolean hasSeen(String category) {
        return Collections.binarySearch(categories, category, CodePoints.ORDER) >= 0;
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

    @Override
    public void encode(ColumnData column, FMatrixRMaj x, int firstRow, int firstColumn) {
        if (!(column instanceof Texts texts)) {
            throw Problems.wrongKind(column, "text");
        }
        for (int row = 0; row < texts.rows(); row++) {
            String fault = encode(texts.values()[row], x.data, (firstRow + row) * x.numCols + firstColumn);
            if (fault != null) {
                throw Problems.inCell(row, name, fault);
            }
        }
    }

    /** The input that stands for a value; negative if none does. */
    private int input(@Nullable String value) {
        if (value == null) {
            return missing ? categories.size() : -1;
        }
        return Collections.binarySearch(categories, value, CodePoints.ORDER);
    }
}
