package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Divides rows by a {@link SplitRule}: a pure function of its arguments, the same on every machine.
 *
 * @param validation share of the rows
 * @param test share of the rows
 */
public record Splitter(SplitRule rule, double validation, double test, long seed) {

    /**
     * Divides.
     *
     * @param target of the rows; none is missing
     * @param columns shows the columns that the rule names, of the same rows
     * @throws InvalidValueException with a pointer below {@code /split} if no row would be left for training, or for a
     *     part that groups, times or conditions should make, or a column does not say what the rule asks for
     */
    public Split split(ColumnData target, Function<String, ColumnData> columns) {
        if (rule instanceof SplitRule.Fold fold) {
            return split(fold, target, columns);
        }
        if (rule instanceof SplitRule.Group group) {
            ColumnData column = columns.apply(group.column());
            return requireParts(column, new GroupSplit(validation, test, seed).divide(column));
        }
        if (rule instanceof SplitRule.Time time) {
            ColumnData column = columns.apply(time.column());
            return requireParts(column, new TimeSplit(validation, test).divide(column));
        }
        if (rule instanceof SplitRule.Column said) {
            return SaidSplit.divide(columns.apply(said.column())).split();
        }
        if (rule instanceof SplitRule.Conditions conditions) {
            return new ConditionSplit(conditions).divide(target.rows(), columns).split();
        }
        return rule instanceof SplitRule.Stratified
                ? new StratifiedSplit(validation, test, seed).divide(target).split()
                : Split.random(target.rows(), validation, test, seed);
    }

    /** The rest is divided as if there were no other rows. */
    private Split split(SplitRule.Fold fold, ColumnData target, Function<String, ColumnData> columns) {
        int[] held = new FoldSplit(fold.by(), fold.folds(), seed).rows(fold.fold(), target, columns);
        if (held.length == 0) {
            throw new InvalidValueException(
                    "split/by/folds", "leaves no row for fold " + fold.fold() + " of " + fold.folds());
        }
        BitSet isHeld = new BitSet(target.rows());
        Arrays.stream(held).forEach(isHeld::set);
        int[] rest = IntStream.range(0, target.rows())
                .filter(row -> !isHeld.get(row))
                .toArray();
        Split divided = new Splitter(fold.by(), validation, 0, seed)
                .split(target.rows(rest), name -> columns.apply(name).rows(rest))
                .within(rest);
        return new Split(divided.training(), divided.validation(), held);
    }

    private Split requireParts(ColumnData column, Parts parts) {
        Split split = parts.split();
        requireRows(column, "validation", validation, split.validation());
        requireRows(column, "test", test, split.test());
        return split;
    }

    private static void requireRows(ColumnData column, String part, double share, int[] rows) {
        if (share > 0 && rows.length == 0) {
            throw problem(
                    column, "has too few different values, or too many rows of one, to leave any row for " + part);
        }
    }

    static void requireValues(ColumnData column) {
        int missing = column.rows() - column.presentRows().length;
        if (missing > 0) {
            throw problem(column, "must have a value in each row but has none in " + missing);
        }
    }

    static InvalidValueException problem(ColumnData column, String rule) {
        return new InvalidValueException("split/by/column", "column " + Excerpt.quoted(column.name()) + " " + rule);
    }
}
