package io.twostep.dataset;

import io.twostep.dataset.TableProfile.Kind;
import io.twostep.dataset.TableProfile.Warning;
import io.twostep.error.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** The warnings that follow from a profile's figures. */
final class ProfileWarnings {

    /** Categories of which a network gets an input each. */
    private static final int MANY_CATEGORIES = 100;

    /** Below that many rows everything looks odd. */
    private static final int FEW_ROWS = 20;

    private static final double MOST = 0.5;

    /** How often the range of nine tenths of the numbers fits between the median and the farthest. */
    private static final double FAR = 10;

    /** Share of the rows that a class should have at least, were all of the same size: a fifth of that. */
    private static final double SMALL_CLASS = 0.2;

    private ProfileWarnings() {}

    static List<Warning> of(long rows, ColumnProfile column) {
        long present = rows - column.missing();
        List<Warning> warnings = new ArrayList<>();
        if (column.distinct() <= 1) {
            warnings.add(warning(
                    Kind.CONSTANT, column, present == 0 ? "has no value" : "has the same value wherever it has one"));
        } else if (isIdentifier(column, present)) {
            warnings.add(warning(Kind.IDENTIFIER_LIKE, column, "has another value in every row that has one"));
        } else if (column.type() == ColumnType.CATEGORY && column.distinct() > MANY_CATEGORIES) {
            warnings.add(warning(Kind.HIGH_CARDINALITY, column, "has " + column.distinct() + " categories"));
        }
        if (present > 0 && column.missing() > MOST * rows) {
            warnings.add(warning(
                    Kind.MOSTLY_MISSING, column, "has no value in " + column.missing() + " of " + rows + " rows"));
        }
        if (column.numbers() != null && present > FEW_ROWS && hasHeavyTails(column.numbers())) {
            ColumnProfile.NumberProfile numbers = column.numbers();
            warnings.add(warning(
                    Kind.HEAVY_TAILS,
                    column,
                    "reaches from %s to %s, but nine tenths of its values lie between %s and %s"
                            .formatted(
                                    numbers.min(),
                                    numbers.max(),
                                    numbers.quantiles().p05(),
                                    numbers.quantiles().p95())));
        }
        return warnings;
    }

    /** Of the classes of a target, most frequent first and all of them. */
    static List<Warning> ofClasses(String target, List<ColumnProfile.ValueCount> classes) {
        long rows = classes.stream().mapToLong(ColumnProfile.ValueCount::count).sum();
        if (classes.size() < 2 || rows <= FEW_ROWS) {
            return List.of();
        }
        ColumnProfile.ValueCount smallest = classes.get(classes.size() - 1);
        if (smallest.count() >= SMALL_CLASS * rows / classes.size()) {
            return List.of();
        }
        String detail =
                "has the class %s in %d of %d rows".formatted(Excerpt.quoted(smallest.value()), smallest.count(), rows);
        return List.of(new Warning(Kind.CLASS_IMBALANCE, target, detail));
    }

    static List<Warning> ofDuplicates(long duplicates) {
        return duplicates == 0
                ? List.of()
                : List.of(new Warning(
                        Kind.DUPLICATE_ROWS, null, duplicates + " rows are like one before them in all columns"));
    }

    private static boolean isIdentifier(ColumnProfile column, long present) {
        boolean discrete = column.type() == ColumnType.INTEGER
                || column.type() == ColumnType.TEXT
                || column.type() == ColumnType.CATEGORY;
        return discrete && present > FEW_ROWS && column.distinct() == present;
    }

    private static boolean hasHeavyTails(ColumnProfile.NumberProfile numbers) {
        double median = numbers.quantiles().p50();
        double bulk = numbers.quantiles().p95() - numbers.quantiles().p05();
        double farthest = Math.max(numbers.max() - median, median - numbers.min());
        return bulk > 0 && farthest > FAR * bulk;
    }

    private static Warning warning(Kind kind, ColumnProfile column, String detail) {
        return new Warning(kind, column.name(), detail);
    }
}
