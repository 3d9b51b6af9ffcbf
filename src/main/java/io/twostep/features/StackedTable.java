package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tables one below the other, as one. Columns are found by name; others than those asked for need not be in all of them.
 * Dates are read as those of the first table are written.
 *
 * @param tables at least one
 */
public record StackedTable(List<TableSource> tables) implements TableSource {

    public StackedTable {
        tables = List.copyOf(tables);
    }

    /** @throws InvalidValueException if there are more rows than can be counted */
    @Override
    public int rows() {
        long rows = tables.stream().mapToLong(TableSource::rows).sum();
        if (rows > Integer.MAX_VALUE) {
            throw new InvalidValueException(List.of(new Problem("", "the tables have together " + rows + " rows")));
        }
        return (int) rows;
    }

    /** @throws InvalidValueException if a column holds text in one table and numbers in another, or is not in all */
    @Override
    public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
        for (String name : names) {
            List<ColumnData> parts = new ArrayList<>();
            tables.forEach(table -> table.forEachColumn(List.of(name), parts::add));
            reader.accept(joined(name, parts));
        }
    }

    @Override
    public void forEachPiece(List<String> names, Consumer<Table> reader) {
        tables.forEach(table -> table.forEachPiece(names, reader));
    }

    private ColumnData joined(String name, List<ColumnData> parts) {
        if (parts.stream().allMatch(Numbers.class::isInstance)) {
            double[] values = new double[rows()];
            copy(parts, part -> ((Numbers) part).values(), values);
            return new Numbers(name, values);
        }
        if (parts.stream().allMatch(Texts.class::isInstance)) {
            @Nullable String[] values = new @Nullable String[rows()];
            copy(parts, part -> ((Texts) part).values(), values);
            return new Texts(name, values, ((Texts) parts.get(0)).dates());
        }
        throw new InvalidValueException(List.of(new Problem(
                "/" + Problem.token(name),
                "column " + Excerpt.quoted(name) + " holds text in one table and numbers in another")));
    }

    /** Copies the arrays of all parts into one. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // arrays of the same kind
    private static void copy(List<ColumnData> parts, Function<ColumnData, Object> array, Object all) {
        int row = 0;
        for (ColumnData part : parts) {
            System.arraycopy(array.apply(part), 0, all, row, part.rows());
            row += part.rows();
        }
    }
}
