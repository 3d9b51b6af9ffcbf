package io.twostep.dataset;

import io.twostep.csv.Dialect;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Dialect} of a CSV text: of those in which all records of a sample are of one width, the one whose
 * values make most sense, unless one that few records break makes clearly more. Where there is none, the delimiter is
 * the one that stands most often in the header, so that reading on will tell the first line that does not fit.
 */
final class DialectScan {

    private final CsvSample sample;
    private final SampleCells cells;
    private final @Nullable Character delimiter;
    private final QuoteRule quotes;
    private final boolean tabs;

    private DialectScan(CsvSample sample, SampleCells cells, CsvOptions options, boolean tabs) {
        this.sample = sample;
        this.cells = cells;
        this.delimiter = options.delimiter();
        this.quotes = new QuoteRule(sample, cells, options.quote());
        this.tabs = tabs;
    }

    /** @param doubts sentences about what the sample does not decide */
    record Found(Dialect dialect, List<String> doubts) {}

    /** @param tabs whether the sender says that the delimiter is the tab, which clients are often wrong about */
    static Found of(CsvSample sample, SampleCells cells, CsvOptions options, boolean tabs) throws IOException {
        return new DialectScan(sample, cells, options, tabs).find();
    }

    private Found find() throws IOException {
        for (boolean backslash : new boolean[] {false, true}) {
            List<DialectTrial> fitting = delimiter == null ? fitting(backslash) : trial(delimiter, backslash, 1);
            if (!fitting.isEmpty()) {
                return chosen(fitting);
            }
        }
        return new Found(new Dialect(otherwise(), quotes.usual(), false), List.of());
    }

    private List<DialectTrial> fitting(boolean backslash) {
        List<DialectTrial> fitting = tabs ? trial('\t', backslash, 2) : new ArrayList<>();
        if (fitting.isEmpty()) {
            for (char candidate : Dialect.DELIMITERS.toCharArray()) {
                fitting.addAll(trial(candidate, backslash, 2));
            }
        }
        if (fitting.isEmpty() || fitting.stream().anyMatch(trial -> trial.hasBlanks(cells))) {
            fitting.addAll(blanks(backslash));
        }
        return fitting.isEmpty() ? oneColumn(backslash) : broken(fitting, backslash);
    }

    /** A row too short or too long must not lead to another delimiter: reading on will tell where it is. */
    private List<DialectTrial> broken(List<DialectTrial> fitting, boolean backslash) {
        DialectTrial best = Collections.max(fitting, DialectTrial.BY_SENSE);
        List<DialectTrial> better = new ArrayList<>();
        for (char candidate : Dialect.DELIMITERS.toCharArray()) {
            DialectTrial trial = quotes.trial(candidate, backslash);
            if (trial.records().nearlyFit() && !best.rivals(trial)) {
                better.add(trial);
            }
        }
        return better.isEmpty() ? fitting : better;
    }

    private List<DialectTrial> trial(char candidate, boolean backslash, int width) {
        DialectTrial trial = quotes.trial(candidate, backslash);
        return trial.records().fit(width) ? new ArrayList<>(List.of(trial)) : new ArrayList<>();
    }

    /**
     * Blanks stand in sentences too: they part values only where there are numbers between them, and below a first line
     * that another delimiter parts only where there is nothing but numbers.
     */
    private List<DialectTrial> blanks(boolean backslash) {
        List<DialectTrial> found = trial(Dialect.BLANKS, backslash, 2);
        found.removeIf(trial -> !trial.isAllNumbers(cells)
                && (hasDelimiter(trial.records().values().get(0))
                        || !new HeaderRule(cells)
                                .hasNumericColumn(trial.records().values())));
        return found;
    }

    private static boolean hasDelimiter(List<String> values) {
        return values.stream().anyMatch(value -> value.chars().anyMatch(c -> Dialect.DELIMITERS.indexOf(c) >= 0));
    }

    /** Commas in every row below a name without any are decimal marks of numbers that have nothing beside them. */
    private List<DialectTrial> oneColumn(boolean backslash) {
        List<DialectTrial> found = sample.has(',') ? trial(';', backslash, 1) : new ArrayList<>();
        found.removeIf(trial ->
                trial.numbers() < 1 || !isName(trial.records().values().get(0).get(0)));
        return found;
    }

    private boolean isName(String value) {
        return value.indexOf(',') < 0 && !cells.isNumberOrMissing(value);
    }

    private Found chosen(List<DialectTrial> fitting) {
        DialectTrial best = Collections.max(fitting, DialectTrial.BY_SENSE);
        List<String> doubts = new ArrayList<>();
        if (tabs && delimiter == null && best.dialect().delimiter() != '\t') {
            doubts.add("The delimiter is " + told(best) + ", though the type of the body says that it is the tab.");
        }
        addDoubtOfColumns(doubts, best);
        String rivals = fitting.stream()
                .filter(trial -> !trial.equals(best) && trial.rivals(best))
                .map(DialectScan::told)
                .collect(Collectors.joining(" and "));
        if (!rivals.isEmpty()) {
            doubts.add("The delimiter may as well be " + rivals + " as " + told(best)
                    + ". The parameter delimiter decides.");
        }
        return new Found(best.dialect(), doubts);
    }

    private void addDoubtOfColumns(List<String> doubts, DialectTrial best) {
        if (delimiter != null) {
            return;
        }
        int width = best.records().width();
        if (best.dialect().delimiter() == Dialect.BLANKS && width == 2 && !sample.hasRunsOfBlanks()) {
            doubts.add(
                    "Each line was read as two values with a blank between them, but it may as well be one value that"
                            + " holds a blank. The parameter delimiter decides.");
        }
        if (width == 1 && sample.has(',')) {
            doubts.add(
                    "The comma was taken for the decimal mark of a single column, not for the delimiter. The parameter"
                            + " delimiter decides.");
        }
    }

    private static String told(DialectTrial trial) {
        char delimiter = trial.dialect().delimiter();
        int width = trial.records().width();
        return (delimiter == '\t' ? "the tab" : "'" + delimiter + "'") + " (" + width
                + (width == 1 ? " column)" : " columns)");
    }

    private char otherwise() throws IOException {
        if (delimiter != null) {
            return delimiter;
        }
        return tabs ? '\t' : HeaderScan.delimiter(new StringReader(sample.text()));
    }
}
