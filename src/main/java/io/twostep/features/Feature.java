package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.error.InvalidValueException;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One column of a table as inputs of a network: fitted once on the training rows, then the same for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Feature permits Numeric, ScaledNumber, Categorical, HashedCategory, TargetMeans, DateFeature {

    /** Name of the column. */
    String name();

    /** Number of inputs, at least 1. */
    int width();

    /** What each input means, as in {@code island=Biscoe}; {@link #width()} names. */
    List<String> inputNames();

    /** Whether the column holds numbers; else it holds text. */
    boolean takesNumbers();

    /**
     * Writes the inputs of one value of a numeric column. Requests and the rows of a table come through here alike.
     *
     * @param value NaN if it is missing
     * @param x written from {@code at} to before {@code at + width()}; undefined there if the value has no encoding
     * @return why the value has no encoding, or null if it has one
     */
    default @Nullable String encode(double value, float[] x, int at) {
        throw new UnsupportedOperationException(name() + " holds text");
    }

    /** The same for a column of text, where null is missing. */
    default @Nullable String encode(@Nullable String value, float[] x, int at) {
        throw new UnsupportedOperationException(name() + " holds numbers");
    }

    /**
     * The line from the numbers of the column to its one input, which {@link #encode(double, float[], int)} follows unless
     * they are missing; null where there is none.
     */
    default NumberScaling.@Nullable Line line() {
        return null;
    }

    /** The least number of the training rows; null if it is not known, as of a column of text. */
    default @Nullable Double min() {
        return null;
    }

    /** The largest number of the training rows, likewise. */
    default @Nullable Double max() {
        return null;
    }

    /** Whether a text lies beyond all of the training rows, as a date does that comes after the last of theirs. */
    default boolean isOutOfRange(String value) {
        return false;
    }

    /** Whether the encoding remembers all categories of the training rows, pooled ones included. */
    default boolean remembersCategories() {
        return false;
    }

    /** Whether training rows had the category; false where the encoding does not remember. */
    default boolean hasSeen(String category) {
        return false;
    }

    /**
     * Writes the rows of a column as a block of {@code x}; nothing outside the block is touched.
     *
     * @param column {@code [rows]}, read
     * @param x written in rows {@code firstRow .. firstRow + rows - 1}, columns
     *     {@code firstColumn .. firstColumn + width() - 1}
     * @throws InvalidValueException if the column is of the wrong kind, or at the first row that has no encoding; part
     *     of the block may be written then
     */
    default void encode(ColumnData column, FMatrixRMaj x, int firstRow, int firstColumn) {
        if (column instanceof Numbers != takesNumbers()) {
            throw Problems.wrongKind(column, takesNumbers() ? "numbers" : "text");
        }
        for (int row = 0; row < column.rows(); row++) {
            int at = (firstRow + row) * x.numCols + firstColumn;
            String fault = column instanceof Numbers numbers
                    ? encode(numbers.values()[row], x.data, at)
                    : encode(((Texts) column).values()[row], x.data, at);
            if (fault != null) {
                throw Problems.inCell(row, name(), fault);
            }
        }
    }

    /**
     * Learns the encoding of a column, one that asks for no target.
     *
     * @param trainingRows at least one row
     * @throws InvalidValueException if a number is infinite
     */
    static Feature fit(ColumnData trainingRows, ColumnPolicy policy) {
        if (trainingRows instanceof Numbers numbers) {
            return isUsual(policy)
                    ? Numeric.fit(numbers)
                    : ScaledNumber.fit(numbers, policy.numeric(), policy.missing());
        }
        Texts texts = (Texts) trainingRows;
        DateOrder dates = policy.dates(texts);
        if (dates != null) {
            return DateFeature.fit(texts, dates, policy.parts());
        }
        if (policy.category() instanceof CategoryEncoding.Hash hash) {
            return HashedCategory.fit(texts, hash.buckets());
        }
        return Categorical.fit(texts, (CategoryEncoding.OneHot) policy.category(), policy.unseen());
    }

    private static boolean isUsual(ColumnPolicy policy) {
        return policy.numeric() == NumberScaling.STANDARD && policy.missing() instanceof MissingNumber.Median;
    }
}
