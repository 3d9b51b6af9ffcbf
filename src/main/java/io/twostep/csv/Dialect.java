package io.twostep.csv;

/**
 * How a CSV text tells its values apart.
 *
 * @param delimiter between values; {@link #BLANKS} stands for any run of blanks
 * @param quote around values, one character, or empty where there are no quotes
 * @param backslash whether a backslash before a quote or a backslash inside quotes makes it a character like any other;
 *     a doubled quote always is one
 */
public record Dialect(char delimiter, String quote, boolean backslash) {

    /** The delimiter that is one or more spaces and tabs. */
    public static final char BLANKS = ' ';

    public static final String USUAL_QUOTE = "\"";

    /** What may part values, in the order of preference where there is nothing else to choose by. */
    public static final String DELIMITERS = ",;\t|";

    boolean isBlanks() {
        return delimiter == BLANKS;
    }

    public Dialect withBackslash() {
        return new Dialect(delimiter, quote, true);
    }
}
