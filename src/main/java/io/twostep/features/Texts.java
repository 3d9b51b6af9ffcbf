package io.twostep.features;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of text: categories, labels, truth values written out.
 *
 * @param values one value a row, null where it is missing; not copied, and never written
 */
@SuppressWarnings("ArrayRecordComponent") // millions of rows: no copies
public record Texts(String name, @Nullable String[] values) implements ColumnData {

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
                name, Arrays.stream(indices).mapToObj(row -> values[row]).toArray(String[]::new));
    }
}
