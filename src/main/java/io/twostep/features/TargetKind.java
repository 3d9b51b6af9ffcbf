package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a model is to predict. */
public enum TargetKind {
    /** One of the labels that the training rows have. */
    @JsonProperty("classification")
    CLASSIFICATION,
    /** A quantity. */
    @JsonProperty("regression")
    REGRESSION,
    /** Of each of several columns one of its two labels. */
    @JsonProperty("multi_label")
    MULTI_LABEL;

    /** Whole numbers with more distinct values than this are a quantity. */
    public static final int MOST_WHOLE_CLASSES = 20;

    /**
     * What a column would be taken for: classes if it holds text, or whole numbers of at most
     * {@value #MOST_WHOLE_CLASSES} distinct values; else a number.
     */
    public static TargetKind of(ColumnData target) {
        return target instanceof Numbers numbers && !isCode(numbers) ? REGRESSION : CLASSIFICATION;
    }

    /** The name used on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that was wished for, or without a wish what the column would be taken for.
     *
     * @throws InvalidValueException with pointer {@code /target} if text is wished to be a number
     */
    public static TargetKind of(ColumnData target, @Nullable TargetKind wish) {
        if (wish == REGRESSION && target instanceof Texts) {
            throw new InvalidValueException(
                    "target", "column " + Excerpt.quoted(target.name()) + " holds text, which cannot be a number");
        }
        return wish == null ? of(target) : wish;
    }

    private static boolean isCode(Numbers numbers) {
        double[] present = Arrays.stream(numbers.values())
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return Arrays.stream(present).allMatch(TargetKind::isWhole)
                && Arrays.stream(present)
                                .distinct()
                                .limit(MOST_WHOLE_CLASSES + 1)
                                .count()
                        <= MOST_WHOLE_CLASSES;
    }

    private static boolean isWhole(double value) {
        return Double.isFinite(value) && value == Math.rint(value);
    }
}
