package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How raw columns are to become inputs: what holds for all of them, and what holds for some. What it takes to do so is
 * learned from the training rows and kept with the model as its {@link FeatureEncoder}.
 *
 * @param numeric of columns of numbers; standardised where nothing is said
 * @param missing of columns of numbers; the median where nothing is said
 * @param category of columns of text; one-hot where nothing is said
 * @param dateParts what the network is told of columns of dates; all parts where nothing is said
 * @param columns by name, those for which something else holds
 */
public record Encoding(
        NumberScaling numeric,
        MissingNumber missing,
        CategoryEncoding category,
        Set<DatePart> dateParts,
        Map<String, ColumnEncoding> columns) {

    public static final Encoding DEFAULT = of(null, null, null, null, null);

    /** What trainings did that say nothing of an encoding because none could be chosen: every category had its input. */
    public static final Encoding BEFORE_THERE_WAS_A_CHOICE = of(null, null, CategoryEncoding.OneHot.OF_ALL, null, null);

    public Encoding {
        List<Problem> empty = columns.entrySet().stream()
                .filter(column -> column.getValue() == null)
                .map(column -> new Problem("/columns/" + Problem.token(column.getKey()), "must not be null"))
                .toList();
        if (!empty.isEmpty()) {
            throw new InvalidValueException(empty);
        }
        dateParts = ordered(dateParts);
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    @JsonCreator
    static Encoding of(
            @Nullable NumberScaling numeric,
            @Nullable MissingNumber missing,
            @Nullable CategoryEncoding category,
            @Nullable Set<DatePart> dateParts,
            @Nullable Map<String, ColumnEncoding> columns) {
        return new Encoding(
                numeric == null ? NumberScaling.STANDARD : numeric,
                missing == null ? new MissingNumber.Median() : missing,
                category == null ? CategoryEncoding.OneHot.DEFAULT : category,
                dateParts == null ? EnumSet.allOf(DatePart.class) : dateParts,
                columns == null ? Map.of() : columns);
    }

    private static Set<DatePart> ordered(Set<DatePart> parts) {
        if (parts.isEmpty()) {
            throw new InvalidValueException("date_parts", "must name at least one part");
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(parts));
    }

    /**
     * What holds for a column.
     *
     * @param unseen where the column has nothing to say about it
     */
    public ColumnPolicy policy(String column, UnseenCategory unseen) {
        ColumnEncoding own = columns.get(column);
        return own == null
                ? new ColumnPolicy(numeric, missing, category, unseen, dateParts)
                : new ColumnPolicy(
                        own.numeric() == null ? numeric : own.numeric(),
                        own.missing() == null ? missing : own.missing(),
                        own.category() == null ? category : own.category(),
                        own.unseen() == null ? unseen : own.unseen(),
                        dateParts(own));
    }

    /** A column of dates of which somebody says how its categories become numbers is one of categories. */
    private Set<DatePart> dateParts(ColumnEncoding own) {
        if (own.dateParts() != null) {
            return own.dateParts();
        }
        return own.category() == null ? dateParts : Set.of();
    }
}
