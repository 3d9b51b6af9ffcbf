package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How raw columns are to become inputs: what holds for all of them, and what holds for some. What it takes to do so is
 * learned from the training rows and kept with the model as its {@link FeatureEncoder}.
 *
 * @param numeric of columns of numbers; standardised where nothing is said
 * @param missing of columns of numbers; the median where nothing is said
 * @param category of columns of text; one-hot where nothing is said
 * @param columns by name, those for which something else holds
 */
public record Encoding(
        NumberScaling numeric, MissingNumber missing, CategoryEncoding category, Map<String, ColumnEncoding> columns) {

    public static final Encoding DEFAULT = of(null, null, null, null);

    public Encoding {
        List<Problem> empty = columns.entrySet().stream()
                .filter(column -> column.getValue() == null)
                .map(column -> new Problem("/columns/" + Problem.token(column.getKey()), "must not be null"))
                .toList();
        if (!empty.isEmpty()) {
            throw new InvalidValueException(empty);
        }
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    @JsonCreator
    static Encoding of(
            @Nullable NumberScaling numeric,
            @Nullable MissingNumber missing,
            @Nullable CategoryEncoding category,
            @Nullable Map<String, ColumnEncoding> columns) {
        return new Encoding(
                numeric == null ? NumberScaling.STANDARD : numeric,
                missing == null ? new MissingNumber.Median() : missing,
                category == null ? CategoryEncoding.OneHot.DEFAULT : category,
                columns == null ? Map.of() : columns);
    }

    /**
     * What holds for a column.
     *
     * @param unseen where the column has nothing to say about it
     */
    public ColumnPolicy policy(String column, UnseenCategory unseen) {
        ColumnEncoding own = columns.get(column);
        return own == null
                ? new ColumnPolicy(numeric, missing, category, unseen)
                : new ColumnPolicy(
                        own.numeric() == null ? numeric : own.numeric(),
                        own.missing() == null ? missing : own.missing(),
                        own.category() == null ? category : own.category(),
                        own.unseen() == null ? unseen : own.unseen());
    }
}
