package io.twostep.web;

/** How a text stands in the CSV files that the service writes. */
public final class CsvField {

    /** Ends a line (RFC 4180). */
    public static final String LINE_END = "\r\n";

    /** What needs quotes, and what a reader that looks for the delimiter may take for one. */
    private static final String QUOTED = ",\"\n\r;\t|";

    private CsvField() {}

    /** The text, in quotes where it needs them (RFC 4180), may be read amiss without them or has blanks around it. */
    public static String of(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    /** The text in quotes. */
    public static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (QUOTED.indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return text.isEmpty() || !(isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c);
    }
}
