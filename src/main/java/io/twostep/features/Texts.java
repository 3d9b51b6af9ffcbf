package io.twostep.features;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of text: categories, labels, truth values written out.
 *
 * @param values one value a row, null where it is missing; not copied, and never written
 * @param dates how dates are written, if all values are dates; else null
 */
@SuppressWarnings("ArrayRecordComponent") // millions of rows: no copies
public record Texts(
        String name, @Nullable String[] values, @Nullable DateOrder dates) implements ColumnData {

    /** Text that is not known to be dates. */
    public Texts(String name, @Nullable String[] values) {
        this(name, values, null);
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == null;
    }

    @Override
    public Texts rows(int[] indices) {
        return new Texts(
                name, Arrays.stream(indices).mapToObj(row -> values[row]).toArray(String[]::new), dates);
    }
}
