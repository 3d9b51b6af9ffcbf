package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.error.InvalidValueException;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** One column of a table as inputs of a network: fitted once on the training rows, then the same for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Feature permits Numeric, Categorical {

    /** Name of the column. */
    String name();

    /** Number of inputs, at least 1. */
    int width();

    /** What each input means, as in {@code island=Biscoe}; {@link #width()} names. */
    List<String> inputNames();

    /**
     * Writes the rows of a column as a block of {@code x}; nothing outside the block is touched.
     *
     * @param column {@code [rows]}, read
     * @param x written in rows {@code firstRow .. firstRow + rows - 1}, columns
     *     {@code firstColumn .. firstColumn + width() - 1}
     * @throws InvalidValueException if the column is of the wrong kind, or at the first row that has no encoding; part
     *     of the block may be written then
     */
    void encode(ColumnData column, FMatrixRMaj x, int firstRow, int firstColumn);

    /**
     * Learns the encoding of a column.
     *
     * @param trainingRows at least one row
     * @throws InvalidValueException if a number is infinite
     */
    static Feature fit(ColumnData trainingRows, UnseenCategory unseen) {
        if (trainingRows instanceof Numbers numbers) {
            return Numeric.fit(numbers);
        }
        return Categorical.fit((Texts) trainingRows, unseen);
    }
}
