package io.twostep.dataset;

import io.twostep.csv.Dialect;
import java.io.IOException;
import java.io.Reader;

/** Looks for the delimiter of a CSV text: the candidate that stands most often in its header, outside of quotes. */
final class HeaderScan {

    private final int[] counts = new int[Dialect.DELIMITERS.length()];
    private boolean quoted;
    private boolean blank = true;
    /** Whether a quote would open or close a field here, and not just be a character of it. */
    private boolean atQuotes = true;

    private HeaderScan() {}

    static char delimiter(Reader text) throws IOException {
        HeaderScan scan = new HeaderScan();
        int c = text.read();
        while (c >= 0 && !scan.isHeaderEnd(c)) {
            scan.pass((char) c);
            c = text.read();
        }
        return scan.mostFrequent();
    }

    private boolean isHeaderEnd(int c) {
        return (c == '\n' || c == '\r') && !quoted && !blank;
    }

    private void pass(char c) {
        blank &= Character.isWhitespace(c);
        if (c == '"' && atQuotes) {
            quoted = !quoted;
        } else if (!quoted) {
            int candidate = Dialect.DELIMITERS.indexOf(c);
            if (candidate >= 0) {
                counts[candidate]++;
            }
            atQuotes = candidate >= 0 || (atQuotes && Character.isWhitespace(c));
        }
    }

    private char mostFrequent() {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return Dialect.DELIMITERS.charAt(best);
    }
}
