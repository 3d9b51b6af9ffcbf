package io.twostep.dataset;

import io.twostep.csv.Dialect;
import io.twostep.dataset.CsvSample.Records;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A sample as one dialect reads it, and how much sense that makes.
 *
 * @param plain share of the values that are numbers, missing, or texts without what may be a delimiter
 * @param numbers share of the values that are numbers
 */
record DialectTrial(Dialect dialect, Records records, double plain, double numbers) {

    /** The one that makes more sense is greater. */
    static final Comparator<DialectTrial> BY_SENSE = Comparator.comparingDouble(DialectTrial::plain)
            .thenComparingDouble(DialectTrial::numbers)
            .thenComparingInt(trial -> trial.records().width());

    /** A reading of which this much less is plain is no rival. */
    private static final double CLEARLY_WORSE = 0.25;

    static DialectTrial of(CsvSample sample, Dialect dialect, SampleCells cells) {
        Records records = sample.records(dialect);
        String others = Dialect.DELIMITERS.replace(String.valueOf(dialect.delimiter()), "");
        return new DialectTrial(
                dialect,
                records,
                share(records, value -> cells.isNumberOrMissing(value) || hasNone(value, others)),
                share(records, cells::isNumber));
    }

    /** Whether it is hard to tell this reading from a better one. */
    boolean rivals(DialectTrial best) {
        return best.plain - plain < CLEARLY_WORSE;
    }

    /** Whether every value is a number or missing, those of the first record too. */
    boolean isAllNumbers(SampleCells cells) {
        return records.values().stream().flatMap(List::stream).allMatch(cells::isNumberOrMissing);
    }

    /** Whether a value that is no number holds a blank. */
    boolean hasBlanks(SampleCells cells) {
        return records.rows().stream()
                .flatMap(List::stream)
                .anyMatch(value -> value.indexOf(' ') >= 0 && !cells.isNumberOrMissing(value));
    }

    private static double share(Records records, Predicate<String> rule) {
        List<List<String>> rows = records.rows();
        long values = rows.stream().mapToLong(List::size).sum();
        long matches = rows.stream().flatMap(List::stream).filter(rule).count();
        return values == 0 ? 0 : (double) matches / values;
    }

    private static boolean hasNone(String value, String characters) {
        return value.chars().noneMatch(c -> characters.indexOf(c) >= 0);
    }
}
