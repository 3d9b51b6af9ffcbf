package io.twostep.dataset;

import io.twostep.dataset.ColumnProfile.NumberProfile;
import io.twostep.dataset.ColumnProfile.ValueCount;
import io.twostep.dataset.TableProfile.Kind;
import io.twostep.dataset.TableProfile.Warning;
import io.twostep.error.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The warnings that follow from a table's figures. */
public final class ProfileWarnings {

    private static final int MOST_NAMES = 100;

    /** Categories of which a network gets an input each. */
    private static final int MANY_CATEGORIES = 100;

    /** Below that many rows everything looks odd. */
    private static final int FEW_ROWS = 20;

    private static final double MOST_MISSING = 0.5;
    private static final double MOSTLY_DISTINCT = 0.95;

    /** An integer that counts rows has no larger gaps than this on average. */
    private static final double COUNTING = 10;

    /** A normal distribution has 0, an exponential one 6. */
    private static final double HEAVY = 20;

    /** Codes and levels of brightness have far values that mean nothing. */
    private static final int FEW_LEVELS = 256;

    private static final double DUPLICATES = 0.01;

    /** Of the share that every class would have, were all of the same size. */
    private static final double SMALL_CLASS = 0.2;

    private ProfileWarnings() {}

    /**
     * What is known of columns without looking at their values again.
     *
     * @param rows of their dataset
     */
    public static List<Warning> of(long rows, List<DatasetColumn> columns, String target) {
        List<Warning> warnings = new ArrayList<>();
        if (rows > 1) {
            add(
                    warnings,
                    columns,
                    Kind.CONSTANT,
                    "The same value in all rows, or none",
                    column -> column.missing() == rows || (column.distinct() == 1 && column.missing() == 0));
        }
        add(
                warnings,
                columns,
                Kind.MOSTLY_MISSING,
                "No value in more than half of the rows",
                column -> column.missing() > MOST_MISSING * rows && column.missing() < rows);
        add(
                warnings,
                columns,
                Kind.IDENTIFIER_LIKE,
                "Text that is another one in nearly every row",
                column -> column.type() == ColumnType.TEXT
                        && isMostlyDistinct(column.distinct(), rows - column.missing())
                        && !column.name().equals(target));
        add(
                warnings,
                columns,
                Kind.HIGH_CARDINALITY,
                "More than " + MANY_CATEGORIES + " categories",
                column -> (column.type() == ColumnType.CATEGORY || column.type() == ColumnType.TEXT)
                        && column.distinct() > MANY_CATEGORIES
                        && !isMostlyDistinct(column.distinct(), rows - column.missing()));
        return warnings;
    }

    /** What the values of one column tell. */
    static List<Warning> of(ColumnProfile column, String target) {
        NumberProfile numbers = column.numbers();
        List<Warning> warnings = new ArrayList<>();
        if (numbers == null || column.count() <= FEW_ROWS) {
            return warnings;
        }
        boolean counts = column.type() == ColumnType.INTEGER
                && column.distinct() == column.count()
                && column.missing() == 0
                && numbers.max() - numbers.min() < COUNTING * column.count();
        if (counts && !column.name().equals(target)) {
            warnings.add(warning(Kind.IDENTIFIER_LIKE, column, "A whole number that numbers the rows."));
        }
        boolean levels = column.type() == ColumnType.INTEGER && column.distinct() <= FEW_LEVELS;
        if (numbers.kurtosis() > HEAVY && !levels) {
            String detail = "From %s to %s, though nine tenths of the values lie between %s and %s."
                    .formatted(
                            numbers.min(),
                            numbers.max(),
                            numbers.quantiles().p05(),
                            numbers.quantiles().p95());
            warnings.add(warning(Kind.HEAVY_TAILS, column, detail));
        }
        return warnings;
    }

    /** Of a target that is a class. */
    static List<Warning> ofClasses(DatasetColumn target, long rows, ValueCount rarest) {
        boolean small = rows > FEW_ROWS && rarest.count() < SMALL_CLASS * rows / target.distinct();
        String detail =
                "The class %s in %d of %d rows.".formatted(Excerpt.quoted(rarest.value()), rarest.count(), rows);
        return small ? List.of(new Warning(Kind.CLASS_IMBALANCE, List.of(target.name()), detail)) : List.of();
    }

    static List<Warning> ofDuplicates(long duplicates, long rows) {
        String detail = duplicates + " rows are like one before them in all columns.";
        return duplicates > DUPLICATES * rows
                ? List.of(new Warning(Kind.DUPLICATE_ROWS, List.of(), detail))
                : List.of();
    }

    private static boolean isMostlyDistinct(long distinct, long present) {
        return present > FEW_ROWS && distinct >= MOSTLY_DISTINCT * present;
    }

    private static void add(
            List<Warning> warnings,
            List<DatasetColumn> columns,
            Kind kind,
            String what,
            Predicate<DatasetColumn> rule) {
        List<String> names =
                columns.stream().filter(rule).map(DatasetColumn::name).toList();
        if (!names.isEmpty()) {
            String count = names.size() == 1 ? "1 column" : names.size() + " columns";
            List<String> first = names.subList(0, Math.min(MOST_NAMES, names.size()));
            warnings.add(new Warning(kind, first, what + ": " + count + "."));
        }
    }

    private static Warning warning(Kind kind, ColumnProfile column, String detail) {
        return new Warning(kind, List.of(column.name()), detail);
    }
}
