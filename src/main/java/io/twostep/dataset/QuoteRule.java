package io.twostep.dataset;

import io.twostep.csv.Dialect;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which quotes a sample is to be read with: double ones, unless it has none and single ones either hold the records
 * together or stand around all texts of a column. A name such as O'Brien or 'tis makes no quotes.
 */
final class QuoteRule {

    private static final String APOSTROPHE = "'";

    private final CsvSample sample;
    private final SampleCells cells;
    private final @Nullable String named;
    private final boolean mayBeSingle;

    /** @param named as in {@link CsvOptions#quote()} */
    QuoteRule(CsvSample sample, SampleCells cells, @Nullable String named) {
        this.sample = sample;
        this.cells = cells;
        this.named = named;
        this.mayBeSingle = named == null && sample.has('\'') && !sample.has('"');
    }

    /** The quote where nothing speaks for another. */
    String usual() {
        return named == null ? Dialect.USUAL_QUOTE : named;
    }

    /** The sample between such delimiters. */
    DialectTrial trial(char delimiter, boolean backslash) {
        DialectTrial trial = DialectTrial.of(sample, new Dialect(delimiter, usual(), backslash), cells);
        if (mayBeSingle && (!trial.records().fit(2) || isWrapped(trial))) {
            DialectTrial single = DialectTrial.of(sample, new Dialect(delimiter, APOSTROPHE, backslash), cells);
            return single.records().fit(2) ? single : trial;
        }
        return trial;
    }

    private boolean isWrapped(DialectTrial trial) {
        List<List<String>> rows = trial.records().rows();
        boolean any = rows.stream().flatMap(List::stream).anyMatch(QuoteRule::hasApostrophes);
        return any
                && IntStream.range(0, trial.records().width())
                        .allMatch(column -> isConsistent(
                                rows.stream().map(row -> row.get(column)).toList()));
    }

    private boolean isConsistent(List<String> values) {
        List<String> texts =
                values.stream().filter(value -> !cells.isNumberOrMissing(value)).toList();
        return texts.stream().allMatch(QuoteRule::hasApostrophes)
                || texts.stream().noneMatch(QuoteRule::touches);
    }

    private static boolean hasApostrophes(String value) {
        return value.length() >= 2 && value.startsWith(APOSTROPHE) && value.endsWith(APOSTROPHE);
    }

    private static boolean touches(String value) {
        return value.startsWith(APOSTROPHE) || value.endsWith(APOSTROPHE);
    }
}
